// What a list or page shows when it could not be read.

import { useT } from "../i18n/i18n";
import { Banner, Button } from "../ui";
import { useExplain } from "./form";

export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useT();
  const { title, detail } = useExplain()(error);
  return (
    <Banner
      tone="danger"
      title={title}
      action={
        <Button size="small" onClick={retry}>
          {t("ui.retry")}
        </Button>
      }
    >
      {detail}
    </Banner>
  );
}
