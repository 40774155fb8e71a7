// What each agent is a specialist for.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { useT } from "../../i18n/i18n";
import { useAct } from "../../shell/act";
import { Failed } from "../../shell/Loading";
import { useBar } from "../../shell/roles";
import { Avatar, Skeleton, TextInput } from "../../ui";
import { changeAgent, readAgents } from "../api";
import type { Agent } from "../model/types";
import { readCategories, writeCategories } from "./model";
import styles from "./Settings.module.css";

const key = (ws: string) => ["ws", ws, "agents"];

export function Specialists({ ws }: { ws: string }) {
  const t = useT();
  const read = useQuery({ queryKey: key(ws), queryFn: () => readAgents(ws) });
  if (read.isPending) return <Skeleton width="full" height="box" />;
  if (!read.data) return <Failed error={read.error} retry={() => void read.refetch()} />;
  if (read.data.length === 0) return <p className={styles["closed"]}>{t("chat.settings.specialists.none")}</p>;
  return (
    <div className={styles["agents"]}>
      {read.data.map((agent) => (
        <One key={agent.id} ws={ws} agent={agent} />
      ))}
    </div>
  );
}

function One({ ws, agent }: { ws: string; agent: Agent }) {
  const t = useT();
  const act = useAct();
  const client = useQueryClient();
  const barred = useBar()("admin");
  const kept = writeCategories(agent.categories);
  const [typed, setTyped] = useState(kept);
  const keep = () => {
    if (typed.trim() === kept) return;
    const categories = readCategories(typed);
    void act<Agent[]>({
      key: key(ws),
      guess: (all) => all.map((one) => (one.id === agent.id ? { ...one, categories } : one)),
      run: () => changeAgent(ws, agent.id, categories),
      done: () => void client.invalidateQueries({ queryKey: key(ws) }),
    }).then((went) => !went && setTyped(kept));
  };
  return (
    <div className={styles["agent"]}>
      <Avatar name={agent.name} picture={agent.picture} size={24} />
      <span className={styles["agentName"]}>{agent.name}</span>
      <TextInput
        label={t("chat.settings.specialists.of", { name: agent.name })}
        hideLabel
        placeholder={t("chat.settings.specialists.placeholder")}
        value={typed}
        disabled={barred !== undefined}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) keep();
        }}
      />
    </div>
  );
}
