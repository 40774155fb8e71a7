// One message of a thread, as a phone shows it.

import { Bubble } from "../chat/Bubble";
import styles from "./Thread.module.css";

export function Message({ message, mine }: { message: Record<string, unknown>; mine: boolean }) {
  return <Bubble data={message} from={mine ? "mine" : "theirs"} styles={styles} />;
}
