import { checkScreens } from "./checks";

checkScreens(0, 2);
