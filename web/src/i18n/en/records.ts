// How long records are kept.

import type { Words } from "../i18n";

export const records: Words["records"] = {
  title: "Retention",
  lead: "Holds for all bots of this workspace. What is older is deleted within a day.",
  keep: "How long to keep",
  keepLead: "Totals in statistics stay. The data of a single customer can be downloaded or erased under Conversations.",
  messages: "Messages",
  messagesHint: "What customers and bots said.",
  traces: "Steps of answers",
  tracesHint: "What nodes did, as one sees when looking inside a conversation.",
  requests: "Kakao request log",
  requestsHint: "Requests and answers under Channels › Request log.",
  forever: "Never delete",
  days: "{n} {n?day:days}",
  zone: "Time zone of statistics",
  zoneLead: "Says when a day begins and ends.",
  zoneLabel: "Time zone",
  shorter: "When shortened, older data is deleted for good.",
};
