// Every primitive in every state, on both grounds: /dev/ui while developing. Not in what is built.

import { Plus, Search, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";

import { setLook, useLook } from "../shell/look";
import {
  Avatar,
  Badge,
  Banner,
  Button,
  Cell,
  Checkbox,
  complain,
  CopyButton,
  CopyField,
  Dialog,
  DialogButtons,
  Dropzone,
  EmptyState,
  HeadCell,
  IconButton,
  Kbd,
  Line,
  Menu,
  MenuGroup,
  MenuItem,
  MenuSeparator,
  Page,
  PageHead,
  say,
  Section,
  Segmented,
  Select,
  Skeleton,
  Switch,
  Table,
  TextArea,
  TextInput,
  Tooltip,
} from "../ui";
import styles from "./Gallery.module.css";

const VARIANTS = ["primary", "secondary", "quiet", "danger", "danger-quiet"] as const;
const TONES = ["neutral", "accent", "good", "warn", "danger", "kakao"] as const;

export function Gallery() {
  const { theme } = useLook();
  const [on, setOn] = useState(true);
  const [pick, setPick] = useState<"editor" | "admin" | "readonly">("editor");
  const [text, setText] = useState("Ready");
  const [open, setOpen] = useState(false);
  return (
    <main>
      <Page width="narrow">
        <PageHead
          title="Primitives"
          note={<Badge>dev</Badge>}
          actions={
            <Segmented
              label="Theme"
              value={theme}
              onChange={(next) => setLook({ theme: next })}
              options={[
                { value: "light", label: "Light" },
                { value: "dark", label: "Dark" },
                { value: "system", label: "System" },
              ]}
            />
          }
        >
          src/ui, each in each of its states.
        </PageHead>

        <Section title="Button" description="One primary on a screen.">
          {(["large", "medium", "small"] as const).map((size) => (
            <Row key={size}>
              {VARIANTS.map((variant) => (
                <Button key={variant} variant={variant} size={size} icon={<Plus size={16} aria-hidden />}>
                  {variant}
                </Button>
              ))}
            </Row>
          ))}
          <Row>
            <Button variant="primary" busy>
              Busy
            </Button>
            <Button disabled>Disabled</Button>
            <Button reason="Needs the role Admin or higher">With a reason</Button>
            <IconButton label="Search">
              <Search size={16} aria-hidden />
            </IconButton>
            <IconButton label="Delete" size="small">
              <Trash2 size={16} aria-hidden />
            </IconButton>
            <Tooltip text="A few words">
              <Button variant="quiet">Tooltip</Button>
            </Tooltip>
          </Row>
        </Section>

        <Section title="Fields">
          <TextInput label="Plain" hint="What it is for" placeholder="Placeholder" />
          <TextInput label="Icon" icon={<Search size={16} aria-hidden />} />
          <TextInput label="Password" type="password" defaultValue="secret" />
          <TextInput label="Wrong" defaultValue="nobody@" error="Check the e-mail address." />
          <TextInput label="Read-only" readOnly value="seoyun@example.com" />
          <TextInput label="Disabled" disabled value="–" />
          <TextArea
            label="With a counter"
            value={text}
            onChange={(event) => setText(event.target.value)}
            counter={{ most: 14, over: (most, now) => `KakaoTalk shows ${most} characters (now ${now})` }}
          />
          <Select
            label="Role"
            value={pick}
            onChange={setPick}
            options={[
              { value: "admin", label: "Admin", note: "Creates and deletes", disabled: true },
              { value: "editor", label: "Editor", note: "Edits and publishes" },
              { value: "readonly", label: "Read-only" },
            ]}
          />
        </Section>

        <Section title="Yes and no">
          <Switch label="Switch" hint="Acts at once" checked={on} onChange={setOn} />
          <Switch label="Barred" checked reason="Needs the role Editor or higher" onChange={setOn} />
          <Checkbox label="Checkbox" hint="Part of a form" checked={on} onChange={setOn} />
          <Checkbox label="Disabled" checked disabled onChange={setOn} />
        </Section>

        <Section title="Signs">
          <Row>
            {TONES.map((tone) => (
              <Badge key={tone} tone={tone} dot={tone === "good"}>
                {tone}
              </Badge>
            ))}
          </Row>
          <Row>
            {([64, 36, 32, 24, 20] as const).map((size) => (
              <Avatar key={size} name="Hana Kim" size={size} />
            ))}
            <Avatar name="Bakery" size={36} shape="square" />
            <Kbd>Ctrl</Kbd>
            <Kbd>K</Kbd>
          </Row>
          {(["neutral", "accent", "warn", "danger"] as const).map((tone) => (
            <Banner key={tone} tone={tone} title={`Banner, ${tone}`} action={<Button size="small">Act</Button>}>
              What holds here, and what to do.
            </Banner>
          ))}
        </Section>

        <Section title="Layers">
          <Row>
            <Menu trigger={<Button>Menu</Button>}>
              <MenuGroup label="Group">
                <MenuItem checked>Chosen</MenuItem>
                <MenuItem note="A second line">With a note</MenuItem>
                <MenuItem disabled>Disabled</MenuItem>
              </MenuGroup>
              <MenuSeparator />
              <MenuItem danger icon={<Trash2 size={16} aria-hidden />}>
                Delete
              </MenuItem>
            </Menu>
            <Button onClick={() => setOpen(true)}>Dialog</Button>
            <Button onClick={() => say("Bot deleted", { label: "Undo", run: () => say("Restored") })}>Toast</Button>
            <Button onClick={() => complain("Could not save", "The server cannot be reached.", { label: "Retry", run: () => undefined })}>Toast, wrong</Button>
          </Row>
          <Dialog
            open={open}
            onClose={() => setOpen(false)}
            title="Delete this?"
            description="For what cannot be undone."
            footer={<DialogButtons variant="danger" act="Delete" onCancel={() => setOpen(false)} onAct={() => setOpen(false)} />}
          />
        </Section>

        <Section title="Rows">
          <Table
            label="Members"
            head={
              <>
                <HeadCell>Name</HeadCell>
                <HeadCell end>Messages</HeadCell>
              </>
            }
          >
            <tr>
              <Cell grow>Hana Kim</Cell>
              <Cell end quiet>
                1,204
              </Cell>
            </tr>
          </Table>
          <Line title="A line" action={<Button>Act</Button>}>
            Words to the left, an act to the right.
          </Line>
          <CopyField label="Skill URL" value="https://bot.example.com/webhook/kakao/01KAXMPC/i/skill" />
          <Row>
            <CopyButton text="text">Copy</CopyButton>
          </Row>
          <Dropzone accept=".json" onFile={() => undefined} hint="Up to 8 MB">
            Dropzone
          </Dropzone>
          <Dropzone accept=".json" onFile={() => undefined} disabled compact>
            Disabled
          </Dropzone>
        </Section>

        <Section title="Waiting and empty">
          <div>
            <Skeleton width="m" height="title" />
            <Skeleton width="full" />
            <Skeleton width="l" />
            <Skeleton width="full" height="box" />
          </div>
          <EmptyState icon={<Search size={22} aria-hidden />} title="Nothing here" action={<Button variant="primary">Begin</Button>}>
            One sentence that teaches, one button.
          </EmptyState>
        </Section>
      </Page>
    </main>
  );
}

function Row({ children }: { children: ReactNode }) {
  return <div className={styles["row"]}>{children}</div>;
}
