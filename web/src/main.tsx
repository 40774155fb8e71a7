// What people write is drawn from Pretendard's subsets, each loaded when one of its letters is seen; what the page itself
// says, from one small file that scripts/fonts.mjs cuts out of the same face.
import "pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css";
import "./fonts.gen/ui.css";
import "./ui/tokens.css";
import "./ui/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app";

const root = document.getElementById("app");
if (!root) throw new Error("index.html has #app");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
