// What other folders bring to the editor's screen: forms, preview, publishing. They come with chunks of their own.

import { type ComponentType, lazy, Suspense } from "react";

function slot<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => React.ReactNode {
  const Part = lazy(async () => ({ default: await load() })) as unknown as ComponentType<P>;
  return function Slot(props: P) {
    return (
      <Suspense fallback={null}>
        <Part {...props} />
      </Suspense>
    );
  };
}

export const NodeForm = slot(async () => (await import("../forms")).NodeForm);
export const EdgeForm = slot(async () => (await import("../forms")).EdgeForm);
export const Preview = slot(async () => (await import("../preview")).Preview);
export const PublishButton = slot(async () => (await import("../preview")).PublishButton);
