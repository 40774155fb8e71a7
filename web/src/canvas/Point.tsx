// A connection point of a card. From far away nobody can see or grab one, and each of xyflow's asks the store at every move of
// anything: a plain element stands there then, with all that xyflow measures.

import { Handle, Position } from "@xyflow/react";
import { createContext, useContext } from "react";

import { cx } from "../ui";

export const FarContext = createContext(false);

export function Point({ id, type, className, connectable }: { id: string; type: "source" | "target"; className: string | undefined; connectable: boolean }) {
  const far = useContext(FarContext);
  const position = type === "source" ? Position.Right : Position.Left;
  if (!far) return <Handle id={id} type={type} position={position} className={className} isConnectable={connectable} />;
  return <div className={cx("react-flow__handle", `react-flow__handle-${position}`, type, className)} data-handleid={id} data-handlepos={position} />;
}
