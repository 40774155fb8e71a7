// The form of one node: its name, what its type needs, and all of its data as JSON for what has no field.

import { type ComponentType, useEffect } from "react";

import { renameNode } from "../flow/commands";
import { dataOf } from "../flow/document";
import { isObject } from "../flow/json";
import { type FlowDoc, type NodeDoc, type NodeType, typeOf } from "../flow/types";
import { useT } from "../i18n/i18n";
import { JsonField } from "./fields/JsonField";
import { PlainField } from "./fields/PlainField";
import { NodeFormProvider, useNodeForm } from "./form";
import { flushFields } from "./live";
import { BackForm, EntryForm, FlowForm, KeyboardForm, ResponseForm } from "./nodes/Basic";
import { FetchForm } from "./nodes/Fetch";
import { More } from "./nodes/More";
import { ChitchatForm, EmailForm, LlmForm, ManualForm, NlpForm, PushForm, SheetForm } from "./nodes/Others";
import { ParamsForm } from "./nodes/Params";
import { ScriptForm } from "./nodes/Script";
import { UnknownForm } from "./nodes/Unknown";
import styles from "./nodes/Nodes.module.css";

const FORMS: Record<NodeType | "unknown", ComponentType> = {
  entry: EntryForm,
  response: ResponseForm,
  keyboard: KeyboardForm,
  flow: FlowForm,
  params: ParamsForm,
  fetch: FetchForm,
  sandbox: ScriptForm,
  back: BackForm,
  backstack: () => <BackForm stack />,
  manual: ManualForm,
  gsheet: SheetForm,
  email: EmailForm,
  nlp: NlpForm,
  chitchat: ChitchatForm,
  llm: LlmForm,
  push: PushForm,
  unknown: UnknownForm,
};

export function NodeForm({ flow, node }: { flow: FlowDoc; node: NodeDoc }) {
  // What was typed in another node's form is told before this one is drawn; each node has fields of its own.
  useEffect(() => flushFields, [flow.id, node.id]);
  return (
    <NodeFormProvider flow={flow} node={node}>
      <Fields key={`${flow.id}/${node.id}/${node.type}`} />
    </NodeFormProvider>
  );
}

function Fields() {
  const t = useT();
  const { flow, node, run } = useNodeForm();
  const type = typeOf(node);
  const Form = FORMS[type];
  return (
    <div className={styles["form"]} data-node-form={node.id}>
      <div data-late>
        <PlainField
          label={t("forms.name")}
          value={node.label ?? ""}
          placeholder={t(`editor.kinds.${type}`)}
          onCommit={(label) => run(renameNode(flow.id, node.id, label))}
        />
      </div>
      <Form />
      {type !== "unknown" && <RawData />}
    </div>
  );
}

function RawData() {
  const t = useT();
  const { node, put } = useNodeForm();
  return (
    <More label={t("forms.json.view")} open={false}>
      <JsonField
        label={t("forms.json.data")}
        hint={t("forms.json.about")}
        value={dataOf(node)}
        check={(value) => (isObject(value) ? undefined : t("forms.json.object"))}
        onCommit={(value) => put([], value ?? {})}
      />
    </More>
  );
}
