// How long records are kept, and in which zone a day of the statistics begins.

import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, data, type Schemas, to } from "../api/client";
import { Save } from "../bots/Settings";
import { useT } from "../i18n/i18n";
import { useForm } from "../shell/form";
import { Failed } from "../shell/Loading";
import { useBar } from "../shell/roles";
import { useWorkspace } from "../shell/workspace";
import { Banner, Field, Page, PageHead, say, Section, Select, Skeleton } from "../ui";

type RecordSettings = Schemas["Records"];

const recordsQuery = (ws: string) =>
  queryOptions({
    queryKey: ["ws", ws, "records"],
    queryFn: ({ signal }) => data(api.GET("/api/workspaces/{ws}/records", { params: { path: { ws } }, signal })),
  });

const MESSAGES = [30, 90, 180, 365, 730, 1_095];
const TRACES = [1, 7, 14, 30, 60, 90];
const REQUESTS = [1, 3, 7, 14, 30];
const ZONES = ["Asia/Seoul", "Asia/Tokyo", "Asia/Shanghai", "Asia/Singapore", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "UTC"];

export function Records() {
  const t = useT();
  const { id: ws } = useWorkspace();
  const read = useQuery(recordsQuery(ws));
  return (
    <Page width="narrow">
      <PageHead title={t("records.title")}>{t("records.lead")}</PageHead>
      {read.error && !read.data && <Failed error={read.error} retry={() => void read.refetch()} />}
      {read.isPending && <Skeleton width="full" height="box" />}
      {read.data && <RecordsForm key={ws} now={read.data} />}
    </Page>
  );
}

function RecordsForm({ now }: { now: RecordSettings }) {
  const t = useT();
  const { id: ws } = useWorkspace();
  const client = useQueryClient();
  const barred = useBar()("admin");
  const form = useForm<RecordSettings>(
    now,
    () => ({}),
    async (values) => {
      // 0 days: for as long as the workspace exists.
      const body = { ...values, messagesDays: values.messagesDays ?? 0 };
      client.setQueryData(recordsQuery(ws).queryKey, await data(api.PATCH("/api/workspaces/{ws}/records", { params: to({ ws }), body })));
      say(t("ui.saved"));
    },
  );
  const { values } = form;
  const shorter =
    values.tracesDays < now.tracesDays ||
    values.requestsDays < now.requestsDays ||
    (values.messagesDays ?? Number.POSITIVE_INFINITY) < (now.messagesDays ?? Number.POSITIVE_INFINITY);
  return (
    <>
      <Section title={t("records.keep")} description={t("records.keepLead")}>
        <Days name="messages" choices={MESSAGES} forever value={values.messagesDays} disabled={barred !== undefined} onChange={(days) => form.set("messagesDays", days)} />
        <Days name="traces" choices={TRACES} value={values.tracesDays} disabled={barred !== undefined} onChange={(days) => days !== null && form.set("tracesDays", days)} />
        <Days name="requests" choices={REQUESTS} value={values.requestsDays} disabled={barred !== undefined} onChange={(days) => days !== null && form.set("requestsDays", days)} />
        {shorter && <Banner tone="warn">{t("records.shorter")}</Banner>}
      </Section>
      <Section title={t("records.zone")} description={t("records.zoneLead")}>
        <Field label={t("records.zoneLabel")}>
          {({ id }) => (
            <Select
              id={id}
              label={t("records.zoneLabel")}
              value={values.zone}
              disabled={barred !== undefined}
              onChange={(zone) => form.set("zone", zone)}
              options={[...new Set([values.zone, ...ZONES])].map((zone) => ({ value: zone, label: zone }))}
            />
          )}
        </Field>
        <Save form={form} barred={barred} />
      </Section>
    </>
  );
}

function Days({
  name,
  choices,
  forever,
  value,
  disabled,
  onChange,
}: {
  name: "messages" | "traces" | "requests";
  choices: number[];
  forever?: boolean;
  value: number | null;
  disabled: boolean;
  onChange: (days: number | null) => void;
}) {
  const t = useT();
  // A number that was set by the API is one of the choices too.
  const all = value === null || choices.includes(value) ? choices : [...choices, value].toSorted((a, b) => a - b);
  return (
    <Field label={t(`records.${name}`)} hint={t(`records.${name}Hint`)}>
      {({ id }) => (
        <Select
          id={id}
          label={t(`records.${name}`)}
          value={value === null ? "forever" : String(value)}
          disabled={disabled}
          onChange={(next) => onChange(next === "forever" ? null : Number(next))}
          options={[...all.map((n) => ({ value: String(n), label: t("records.days", { n }) })), ...(forever ? [{ value: "forever", label: t("records.forever") }] : [])]}
        />
      )}
    </Field>
  );
}
