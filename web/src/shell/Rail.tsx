// The rail: the workspace, its places, and below what concerns the person. On a phone it lies at the lower edge.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Bell as BellIcon, Bot, CircleUserRound, Keyboard, LogOut, MessagesSquare, Monitor, Moon, Plus, Search, Settings, ShieldCheck, Sun, WifiOff } from "lucide-react";

import { alertsQuery } from "../alerts/read";
import { api, marked, type Theme } from "../api/client";
import { useT } from "../i18n/i18n";
import { Avatar, cx, Menu, MenuGroup, MenuItem, MenuSeparator, Tooltip } from "../ui";
import { useAct } from "./act";
import { ask, useOnline } from "./connection";
import { useLook } from "./look";
import { useChangeMe } from "./me";
import type { Overlay } from "./Shell";
import styles from "./Shell.module.css";
import { useNarrow } from "./useNarrow";
import { useWaiting } from "./waiting";
import { useMe, useWorkspace } from "./workspace";

export function Rail({ open }: { open: (overlay: Overlay) => void }) {
  const t = useT();
  const workspace = useWorkspace();
  const online = useOnline();
  const params = { ws: workspace.id };
  return (
    <nav className={styles["rail"]} aria-label={t("shell.places")}>
      <Switcher open={open} />
      <Link to="/w/$ws/bots" params={params} className={styles["place"]} activeProps={{ className: styles["here"], "aria-current": "page" }}>
        <Bot size={20} strokeWidth={1.75} aria-hidden />
        {t("places.bots")}
      </Link>
      <ChatPlace ws={workspace.id} />
      <button type="button" className={cx(styles["place"], styles["phoneOnly"])} onClick={() => open("palette")}>
        <Search size={20} strokeWidth={1.75} aria-hidden />
        {t("places.find")}
      </button>
      <Link to="/w/$ws/settings" params={params} className={styles["place"]} activeProps={{ className: styles["here"], "aria-current": "page" }}>
        <Settings size={20} strokeWidth={1.75} aria-hidden />
        {t("places.settings")}
      </Link>
      <div className={styles["spacer"]} />
      {!online && (
        <Tooltip text={t("shell.offlineShort")} side="right">
          <button type="button" aria-label={t("shell.offlineShort")} className={cx(styles["tool"], styles["lost"], styles["wideOnly"])} onClick={() => void ask()}>
            <WifiOff size={18} aria-hidden />
          </button>
        </Tooltip>
      )}
      <Bell />
      <Tooltip text={t("shell.findKeys")} side="right">
        <button type="button" aria-label={t("places.find")} className={cx(styles["tool"], styles["wideOnly"])} onClick={() => open("palette")}>
          <Search size={18} strokeWidth={1.75} aria-hidden />
        </button>
      </Tooltip>
      <Tooltip text={t("shell.keysKeys")} side="right">
        <button type="button" aria-label={t("keys.title")} className={cx(styles["tool"], styles["wideOnly"])} onClick={() => open("keys")}>
          <Keyboard size={18} strokeWidth={1.75} aria-hidden />
        </button>
      </Tooltip>
      <Person open={open} />
    </nav>
  );
}

function Switcher({ open }: { open: (overlay: Overlay) => void }) {
  const t = useT();
  const me = useMe();
  const here = useWorkspace();
  const navigate = useNavigate();
  const narrow = useNarrow();
  return (
    <Menu
      side={narrow ? "top" : "right"}
      trigger={
        <button type="button" className={styles["switcher"]} aria-label={t("shell.switcher", { workspace: here.name })}>
          <Avatar name={here.name} picture={here.picture} size={32} shape="square" />
        </button>
      }
    >
      <MenuGroup label={t("shell.workspaces")}>
        {me.workspaces.map((one) => (
          <MenuItem
            key={one.id}
            icon={<Avatar name={one.name} picture={one.picture} size={24} shape="square" />}
            note={t(`roles.${one.role}`)}
            checked={one.id === here.id}
            onClick={() => void navigate({ to: "/w/$ws/bots", params: { ws: one.id } })}
          >
            {one.name}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuItem icon={<Plus size={16} aria-hidden />} onClick={() => open("workspace")}>
        {t("workspace.new")}
      </MenuItem>
    </Menu>
  );
}

const THEMES: { theme: Theme; Icon: typeof Sun }[] = [
  { theme: "light", Icon: Sun },
  { theme: "dark", Icon: Moon },
  { theme: "system", Icon: Monitor },
];

/** How many alerts the person has not read. */
function useUnread(): number {
  const { id: ws } = useWorkspace();
  return useInfiniteQuery(alertsQuery(ws)).data?.pages[0]?.unread ?? 0;
}

/** The chat, and how much waits in it. */
function ChatPlace({ ws }: { ws: string }) {
  const t = useT();
  const { queued, unread } = useWaiting(ws);
  const n = queued + unread;
  return (
    <Link to="/w/$ws/chat" params={{ ws }} className={styles["place"]} activeProps={{ className: styles["here"], "aria-current": "page" }} activeOptions={{ includeSearch: false }}>
      <MessagesSquare size={20} strokeWidth={1.75} aria-hidden />
      {t("places.chat")}
      {n > 0 && (
        <span className={cx(styles["unread"], styles["waiting"])}>
          <span aria-hidden>{n > 99 ? "99+" : n}</span>
          <span className="sr-only">{t("shell.waiting", { n })}</span>
        </span>
      )}
    </Link>
  );
}

/** How many, in a corner of what they belong to. */
function Count({ n }: { n: number }) {
  return (
    <span className={styles["unread"]} aria-hidden>
      {n > 9 ? "9+" : n}
    </span>
  );
}

/** Alerts that the person has not read. */
function Bell() {
  const t = useT();
  const { id: ws } = useWorkspace();
  const unread = useUnread();
  const label = unread > 0 ? t("alerts.unread", { n: unread }) : t("alerts.title");
  return (
    <Tooltip text={label} side="right">
      <Link to="/w/$ws/alerts" params={{ ws }} className={cx(styles["tool"], styles["wideOnly"])} activeProps={{ "aria-current": "page" }}>
        <BellIcon size={18} strokeWidth={1.75} aria-hidden />
        <span className="sr-only">{label}</span>
        {unread > 0 && <Count n={unread} />}
      </Link>
    </Tooltip>
  );
}

/** Signs out. The page is loaded anew, so that nothing of one person is left for the next. */
export function useSignOut(): () => Promise<boolean> {
  const act = useAct();
  return () =>
    act({
      run: () => api.DELETE("/api/session", { params: marked }),
      done: () => location.assign("/signin"),
    });
}

function Person({ open }: { open: (overlay: Overlay) => void }) {
  const t = useT();
  const me = useMe();
  const look = useLook();
  const { id: ws } = useWorkspace();
  const navigate = useNavigate();
  const change = useChangeMe();
  const signOut = useSignOut();
  const unread = useUnread();
  const narrow = useNarrow();
  const told = narrow && unread > 0;
  return (
    <Menu
      side={narrow ? "top" : "right"}
      align="end"
      trigger={
        <button
          type="button"
          className={cx(styles["tool"], styles["me"])}
          aria-label={[t("shell.me", { name: me.name }), ...(told ? [t("alerts.unread", { n: unread })] : [])].join(", ")}
        >
          <Avatar name={me.name} picture={me.picture} size={32} />
          {told && <Count n={unread} />}
        </button>
      }
    >
      <div className={styles["who"]}>
        <div className={styles["whoName"]}>{me.name}</div>
        <div className={styles["whoNote"]}>{me.email}</div>
      </div>
      <MenuSeparator />
      <MenuItem icon={<CircleUserRound size={16} aria-hidden />} onClick={() => void navigate({ to: "/w/$ws/settings/profile", params: { ws } })}>
        {t("settings.profile.title")}
      </MenuItem>
      <MenuItem icon={<ShieldCheck size={16} aria-hidden />} onClick={() => void navigate({ to: "/w/$ws/settings/security", params: { ws } })}>
        {t("settings.security.title")}
      </MenuItem>
      {/* On a phone there is no room for the bell; what it counts stands at the person there. */}
      <MenuItem icon={<BellIcon size={16} aria-hidden />} {...(unread > 0 && { note: t("alerts.unread", { n: unread }) })} onClick={() => void navigate({ to: "/w/$ws/alerts", params: { ws } })}>
        {t("alerts.title")}
      </MenuItem>
      <MenuSeparator />
      <MenuGroup label={t("settings.profile.theme")}>
        {THEMES.map(({ theme, Icon }) => (
          <MenuItem key={theme} icon={<Icon size={16} aria-hidden />} checked={look.theme === theme} onClick={() => void change({ theme })}>
            {t(`themes.${theme}`)}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuSeparator />
      {!narrow && (
        <MenuItem icon={<Keyboard size={16} aria-hidden />} onClick={() => open("keys")}>
          {t("keys.title")}
        </MenuItem>
      )}
      <MenuItem icon={<LogOut size={16} aria-hidden />} onClick={() => void signOut()}>
        {t("shell.signOut")}
      </MenuItem>
    </Menu>
  );
}
