// A node whose type this program does not know: its data as it stands in the file, kept whole.

import { isObject } from "../../flow/json";
import { useT } from "../../i18n/i18n";
import { Banner } from "../../ui";
import { JsonField } from "../fields/JsonField";
import { useNodeForm } from "../form";
import styles from "../fields/Fields.module.css";

export function UnknownForm() {
  const t = useT();
  const { node, put } = useNodeForm();
  return (
    <div className={styles["stack"]}>
      <Banner tone="warn" title={t("forms.unknown.title", { type: node.type })}>
        {t("forms.unknown.about")}
      </Banner>
      <JsonField
        label={t("forms.json.data")}
        value={node.data}
        check={(value) => (isObject(value) ? undefined : t("forms.json.object"))}
        onCommit={(value) => put([], value ?? {})}
      />
    </div>
  );
}
