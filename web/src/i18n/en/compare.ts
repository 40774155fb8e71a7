// Where two states of a bot differ.

import type { Words } from "../i18n";

export const compare: Words["compare"] = { whole: "whole", added: "added", removed: "removed" };
