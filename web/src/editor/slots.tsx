// What other folders bring to the editor's screen: forms, preview, publishing. They come with chunks of their own.

import { type ComponentType, lazy, Suspense } from "react";

import type { FlowDoc, NodeDoc } from "../flow/types";

type Module = Record<string, ComponentType<Record<string, unknown>>>;
const modules = import.meta.glob<Module>(["../forms/index.{ts,tsx}", "../preview/index.{ts,tsx}"]);

function slot<P extends object>(folder: string, name: string): ComponentType<P> | undefined {
  const found = Object.entries(modules).find(([path]) => path.includes(`/${folder}/`))?.[1];
  if (!found) return undefined;
  const Part = lazy(async () => {
    const module = await found();
    return { default: (module[name] ?? (() => null)) as unknown as ComponentType<P> };
  });
  return function Slot(props: P) {
    return (
      <Suspense fallback={null}>
        <Part {...props} />
      </Suspense>
    );
  };
}

export const NodeForm = slot<{ flow: FlowDoc; node: NodeDoc }>("forms", "NodeForm");
export const EdgeForm = slot<{ flow: FlowDoc; node: NodeDoc; edgeIndex: number }>("forms", "EdgeForm");
export const Preview = slot("preview", "Preview");
export const PublishButton = slot("preview", "PublishButton");
