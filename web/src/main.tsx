import "pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css";
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
