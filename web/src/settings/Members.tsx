// Who is in the workspace, as what, and who is invited.

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Ellipsis, UserMinus, UserPlus } from "lucide-react";
import { useState } from "react";

import { api, type Invite as Pending, type Member, to } from "../api/client";
import type { Role } from "../api/problem";
import { invitesQuery, keys, membersQuery } from "../api/queries";
import { ago, daysLeft, moment } from "../i18n/format";
import { useLanguage, useT } from "../i18n/i18n";
import { useAct } from "../shell/act";
import { Failed } from "../shell/Loading";
import { ranks, ROLES, useBar } from "../shell/roles";
import { useNow } from "../shell/useNow";
import { useMe, useWorkspace } from "../shell/workspace";
import { Avatar, Badge, Button, Cell, Dialog, DialogButtons, HeadCell, IconButton, Menu, MenuItem, Page, PageHead, say, Select, Skeleton, Table } from "../ui";
import { Invite } from "./Invite";
import styles from "./Settings.module.css";

export function Members() {
  const t = useT();
  const bar = useBar();
  const here = useWorkspace();
  const navigate = useNavigate();
  const { invite: inviting } = useSearch({ strict: false });
  const members = useQuery(membersQuery(here.id));
  const show = (invite: boolean) => void navigate({ to: ".", search: invite ? { invite: true } : {}, replace: true });
  const barred = bar("admin");
  return (
    <Page width="narrow">
      <PageHead
        title={t("settings.members.title")}
        note={members.data?.length}
        actions={
          <Button variant={barred ? "secondary" : "primary"} icon={<UserPlus size={16} aria-hidden />} reason={barred} onClick={() => show(true)}>
            {t("settings.members.invite")}
          </Button>
        }
      />
      {members.error && !members.data && <Failed error={members.error} retry={() => void members.refetch()} />}
      {members.isPending && <Skeleton width="full" height="box" />}
      {members.data && (
        <Table
          className={styles["people"]}
          label={t("settings.members.title")}
          head={
            <>
              <HeadCell>{t("settings.members.who")}</HeadCell>
              <HeadCell>{t("fields.role")}</HeadCell>
              <HeadCell>{t("settings.members.seen")}</HeadCell>
              <HeadCell hide>{t("ui.acts")}</HeadCell>
            </>
          }
        >
          {members.data.map((member) => (
            <Row key={member.id} member={member} />
          ))}
        </Table>
      )}
      {!barred && <Invites />}
      {inviting && !barred && <Invite onClose={() => show(false)} />}
    </Page>
  );
}

function Row({ member }: { member: Member }) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const me = useMe();
  const here = useWorkspace();
  const act = useAct();
  const [removing, setRemoving] = useState(false);
  const isMe = member.id === me.id;
  const mayChange = here.role === "owner" || (here.role === "admin" && !ranks(member.role, "admin"));
  const setRole = (role: Role) =>
    act<Member[]>({
      key: keys.members(here.id),
      guess: (all) => all.map((one) => (one.id === member.id ? { ...one, role } : one)),
      run: () => api.PATCH("/api/workspaces/{ws}/members/{id}", { params: to({ ws: here.id, id: member.id }), body: { role } }),
      touches: isMe ? [keys.me] : [],
      done: () => say(t("settings.members.roleSet", { name: member.name, role: t(`roles.${role}`) })),
    });
  const remove = () => {
    setRemoving(false);
    void act<Member[]>({
      key: keys.members(here.id),
      guess: (all) => all.filter((one) => one.id !== member.id),
      run: () => api.DELETE("/api/workspaces/{ws}/members/{id}", { params: to({ ws: here.id, id: member.id }) }),
      done: () => say(t("settings.members.removed", { name: member.name })),
    });
  };
  return (
    <tr>
      <Cell grow>
        <div className={styles["person"]}>
          <Avatar name={member.name} picture={member.picture} size={32} />
          <div>
            <div className={styles["split"]}>
              <span className={styles["personName"]}>{member.name}</span>
              {isMe && <Badge>{t("settings.members.me")}</Badge>}
            </div>
            <div className={styles["personMail"]}>{member.email}</div>
          </div>
        </div>
      </Cell>
      <Cell>
        {mayChange ? (
          <Select
            size="small"
            label={t("settings.members.roleOf", { name: member.name })}
            value={member.role}
            onChange={(role) => void setRole(role)}
            options={ROLES.map((role) => ({
              value: role,
              label: t(`roles.${role}`),
              note: t(`roles.${role}Does`),
              disabled: here.role !== "owner" && ranks(role, "admin"),
            }))}
          />
        ) : (
          <span className={styles["nowrap"]}>{t(`roles.${member.role}`)}</span>
        )}
      </Cell>
      <Cell quiet {...(member.lastSeenAt && { title: moment(member.lastSeenAt, language) })}>
        <span className={styles["nowrap"]}>{member.lastSeenAt ? ago(member.lastSeenAt, now, language) : t("settings.members.never")}</span>
      </Cell>
      <Cell end>
        {mayChange && !isMe && (
          <Menu
            align="end"
            trigger={
              <IconButton label={t("settings.members.more", { name: member.name })} size="small" bare>
                <Ellipsis size={16} aria-hidden />
              </IconButton>
            }
          >
            <MenuItem danger icon={<UserMinus size={16} aria-hidden />} onClick={() => setRemoving(true)}>
              {t("settings.members.remove")}
            </MenuItem>
          </Menu>
        )}
        <Dialog
          open={removing}
          onClose={() => setRemoving(false)}
          width="small"
          title={t("settings.members.removeTitle", { name: member.name })}
          description={t("settings.members.removeLead", { workspace: here.name })}
          footer={
            <DialogButtons variant="danger" act={t("settings.members.remove")} onCancel={() => setRemoving(false)} onAct={remove} />
          }
        />
      </Cell>
    </tr>
  );
}

function Invites() {
  const t = useT();
  const now = useNow();
  const act = useAct();
  const { id: ws } = useWorkspace();
  const invites = useQuery(invitesQuery(ws));
  if (!invites.data || invites.data.length === 0) return null;
  const revoke = (one: Pending) =>
    act<Pending[]>({
      key: keys.invites(ws),
      guess: (all) => all.filter((other) => other.id !== one.id),
      run: () => api.DELETE("/api/workspaces/{ws}/invites/{id}", { params: to({ ws, id: one.id }) }),
      done: () => say(t("settings.invite.revoked", { email: one.email })),
    });
  return (
    <>
      <h2 className={styles["heading"]}>
        {t("settings.invite.pending")}
        <span className={styles["headingNote"]}>{invites.data.length}</span>
      </h2>
      <Table
        className={styles["people"]}
        label={t("settings.invite.pending")}
        head={
          <>
            <HeadCell>{t("fields.email")}</HeadCell>
            <HeadCell>{t("fields.role")}</HeadCell>
            <HeadCell>{t("settings.invite.until")}</HeadCell>
            <HeadCell hide>{t("ui.acts")}</HeadCell>
          </>
        }
      >
        {invites.data.map((one) => (
          <tr key={one.id}>
            <Cell grow>
              <div className={styles["personName"]}>{one.email}</div>
              <div className={styles["personMail"]}>{t("settings.invite.by", { name: one.invitedBy })}</div>
            </Cell>
            <Cell>
              <span className={styles["nowrap"]}>{t(`roles.${one.role}`)}</span>
            </Cell>
            <Cell quiet>
              <span className={styles["nowrap"]}>
                {one.expiresAt < now ? t("settings.invite.over") : t("settings.invite.days", { n: daysLeft(one.expiresAt, now) })}
              </span>
            </Cell>
            <Cell end>
              <Button size="small" onClick={() => void revoke(one)} aria-label={t("settings.invite.revokeOne", { email: one.email })}>
                {t("settings.invite.revoke")}
              </Button>
            </Cell>
          </tr>
        ))}
      </Table>
    </>
  );
}
