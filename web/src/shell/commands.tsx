// Every place and act that can be reached by name: the one list that the palette shows.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Archive, Bell, Bot, CircleUserRound, FileUp, Globe, Keyboard, LogOut, MessagesSquare, Moon, Plus, ScrollText, Settings, ShieldCheck, Sun, Trash2, UserPlus, Users, Zap } from "lucide-react";
import type { ReactNode } from "react";

import type { BotSummary } from "../api/client";
import { keys } from "../api/queries";
import { useT } from "../i18n/i18n";
import { Avatar } from "../ui";
import { keyNames, useActs } from "./acts";
import { useLook } from "./look";
import { useChangeMe } from "./me";
import { useSignOut } from "./Rail";
import { ranks } from "./roles";
import type { Overlay } from "./Shell";
import { useMe, useWorkspace } from "./workspace";

export interface Command {
  id: string;
  group: "screen" | "bots" | "places" | "acts" | "workspaces";
  name: string;
  /** Other words that find it. */
  also?: string;
  icon: ReactNode;
  /** What is pressed for it. */
  keys?: readonly string[];
  run: () => void;
}

const SIZE = 16;

export function useCommands(show: (overlay: Overlay) => void): Command[] {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const acts = useActs();
  const me = useMe();
  const here = useWorkspace();
  const look = useLook();
  const change = useChangeMe();
  const signOut = useSignOut();
  const params = { ws: here.id };
  const admin = ranks(here.role, "admin");
  const bots = client.getQueryData<BotSummary[]>(keys.bots(here.id)) ?? [];
  const isDark = document.documentElement.dataset["theme"] === "dark";

  const list: (Command | false)[] = [
    ...acts
      .filter((act) => !act.keyOnly && act.reason === undefined)
      .map(
        (act): Command => ({
          id: `screen-${act.id}`,
          group: "screen",
          name: act.name,
          icon: act.icon ?? <Zap size={SIZE} aria-hidden />,
          ...(act.also !== undefined && { also: act.also }),
          ...(act.keys?.[0] && { keys: keyNames(act.keys[0]) }),
          run: act.run,
        }),
      ),
    ...bots.map(
      (bot): Command => ({
        id: `bot-${bot.id}`,
        group: "bots",
        name: bot.title,
        also: bot.description,
        icon: <Avatar name={bot.title} size={20} shape="square" />,
        run: () => void navigate({ to: "/w/$ws/bots/$bot", params: { ...params, bot: bot.id } }),
      }),
    ),
    {
      id: "bots",
      group: "places",
      name: t("places.bots"),
      also: "bots",
      icon: <Bot size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/bots", params }),
    },
    {
      id: "chat",
      group: "places",
      name: t("places.chat"),
      also: "chat inbox agents",
      icon: <MessagesSquare size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/chat", params }),
    },
    {
      id: "alerts",
      group: "places",
      name: t("alerts.title"),
      also: "alerts",
      icon: <Bell size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/alerts", params }),
    },
    {
      id: "records",
      group: "places",
      name: t("records.title"),
      also: "records retention",
      icon: <Archive size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/settings/records", params }),
    },
    {
      id: "members",
      group: "places",
      name: t("settings.members.title"),
      also: "members team",
      icon: <Users size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/settings/members", params }),
    },
    {
      id: "workspace",
      group: "places",
      name: t("settings.workspace.title"),
      also: "workspace settings",
      icon: <Settings size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/settings/workspace", params }),
    },
    {
      id: "profile",
      group: "places",
      name: t("settings.profile.title"),
      also: "profile account",
      icon: <CircleUserRound size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/settings/profile", params }),
    },
    {
      id: "security",
      group: "places",
      name: t("settings.security.title"),
      also: "password totp sessions security",
      icon: <ShieldCheck size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/settings/security", params }),
    },
    admin && {
      id: "audit",
      group: "places",
      name: t("settings.audit.title"),
      also: "audit log history",
      icon: <ScrollText size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/settings/audit", params }),
    },
    {
      id: "deleted",
      group: "places",
      name: t("bots.deleted.title"),
      also: "deleted bots trash",
      icon: <Trash2 size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/bots/deleted", params }),
    },
    admin && {
      id: "new-bot",
      group: "acts",
      name: t("bots.new.act"),
      also: "new bot create",
      icon: <Plus size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/bots/new", params }),
    },
    admin && {
      id: "import",
      group: "acts",
      name: t("bots.new.import"),
      also: "import file",
      icon: <FileUp size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/bots/new", params, hash: "file" }),
    },
    admin && {
      id: "invite",
      group: "acts",
      name: t("settings.members.invite"),
      also: "invite members",
      icon: <UserPlus size={SIZE} aria-hidden />,
      run: () => void navigate({ to: "/w/$ws/settings/members", params, search: { invite: true } }),
    },
    {
      id: "new-workspace",
      group: "acts",
      name: t("workspace.new"),
      also: "new workspace",
      icon: <Plus size={SIZE} aria-hidden />,
      run: () => show("workspace"),
    },
    {
      id: "theme",
      group: "acts",
      name: isDark ? t("palette.toLight") : t("palette.toDark"),
      also: "theme dark light",
      icon: isDark ? <Sun size={SIZE} aria-hidden /> : <Moon size={SIZE} aria-hidden />,
      run: () => void change({ theme: isDark ? "light" : "dark" }),
    },
    {
      id: "language",
      group: "acts",
      name: t("gate.otherLanguage"),
      also: "language english korean 한국어 영어 언어",
      icon: <Globe size={SIZE} aria-hidden />,
      run: () => void change({ language: look.language === "ko" ? "en" : "ko" }),
    },
    {
      id: "keys",
      group: "acts",
      name: t("keys.title"),
      also: "keyboard shortcuts help",
      icon: <Keyboard size={SIZE} aria-hidden />,
      run: () => show("keys"),
    },
    {
      id: "sign-out",
      group: "acts",
      name: t("shell.signOut"),
      also: "sign out logout",
      icon: <LogOut size={SIZE} aria-hidden />,
      run: () => void signOut(),
    },
    ...me.workspaces
      .filter((one) => one.id !== here.id)
      .map(
        (one): Command => ({
          id: `ws-${one.id}`,
          group: "workspaces",
          name: one.name,
          icon: <Avatar name={one.name} picture={one.picture} size={20} shape="square" />,
          run: () => void navigate({ to: "/w/$ws/bots", params: { ws: one.id } }),
        }),
      ),
  ];
  return list.filter((command) => command !== false);
}
