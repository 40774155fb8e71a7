// Through which relay the room is drawn: what is cut and how messages are composed hangs on it.

import { useQuery } from "@tanstack/react-query";

import { useT } from "../../i18n/i18n";
import { botChannelsQuery } from "../channels";
import styles from "./Through.module.css";

const RELAYS = ["native", "happytalk-v1", "happytalk-v3", "dktechin", "bizgo"] as const;

export function Through({ ws, bot }: { ws: string; bot: string }) {
  const t = useT();
  const channel = useQuery(botChannelsQuery(ws, bot)).data?.find(({ id }) => id === "kakaobiz");
  if (!channel) return null;
  const relay = RELAYS.find((one) => one === channel.relay);
  return <p className={styles["through"]}>{relay ? t("preview.consult.through", { relay: t(`preview.consult.relays.${relay}`) }) : t("preview.consult.assumed")}</p>;
}
