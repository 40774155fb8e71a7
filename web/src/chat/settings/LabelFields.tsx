// The labels that agents choose from: categories, each in a line from the outside in, and tags.

import { useState } from "react";

import { useT } from "../../i18n/i18n";
import { TextArea } from "../../ui";
import { type ChatSettings, readCategories, readTags } from "./model";

type Kept = ChatSettings["labels"];

export function LabelFields({ labels, error, onChange }: { labels: Kept; error: string | undefined; onChange: (next: Kept) => void }) {
  const t = useT();
  // What is typed stays as it is; what it means is kept.
  const [categories, setCategories] = useState(() => labels.categories.map((levels) => levels.join(" > ")).join("\n"));
  const [tags, setTags] = useState(() => labels.tags.join(", "));
  return (
    <>
      <TextArea
        label={t("chat.settings.labels.categories")}
        hint={t("chat.settings.labels.categoriesHint")}
        placeholder={t("chat.settings.labels.categoriesExample")}
        rows={4}
        value={categories}
        error={error}
        onChange={(event) => {
          setCategories(event.target.value);
          onChange({ ...labels, categories: readCategories(event.target.value) });
        }}
      />
      <TextArea
        label={t("chat.settings.labels.tags")}
        hint={t("chat.settings.labels.tagsHint")}
        rows={2}
        value={tags}
        onChange={(event) => {
          setTags(event.target.value);
          onChange({ ...labels, tags: readTags(event.target.value) });
        }}
      />
    </>
  );
}
