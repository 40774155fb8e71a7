// Publishing from the editor: what one sees is brought to the server first, and errors lead to their nodes.

import { useQuery } from "@tanstack/react-query";

import { botQuery } from "../api/queries";
import { useEditor } from "../editor/store";
import { Publish } from "./Publish";

export function PublishButton() {
  const { ws, botId, doc, flush, select } = useEditor();
  const bot = useQuery(botQuery(ws, botId));
  if (!bot.data) return null;
  return <Publish ws={ws} bot={bot.data} doc={doc} flush={flush} onJump={select} size="small" />;
}
