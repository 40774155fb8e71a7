import { checkScreens } from "./checks";

checkScreens(1, 2);
