// A few emojis, as many as people use when they work.

import { Popover as Base } from "@base-ui/react/popover";
import { Smile } from "lucide-react";
import { useState } from "react";

import { useT } from "../i18n/i18n";
import { IconButton } from "../ui";
import styles from "./Composer.module.css";

const EMOJIS = [
  "😀 😄 😁 😊 🙂 😉 😍 🥰 😘 😋 😆 😂 🤣 😅 🥹 😭 😢 😥 😰 😓 🤔 🤗 🤭 🫡 😎 🥳 🤩 😴 😷 🤒 🙏 👍",
  "👎 👌 ✌️ 🤞 👏 🙌 💪 🤝 👋 ✋ 👉 👈 👆 👇 🙇 🙋 💁 🙆 🙅 ❤️ 🧡 💛 💚 💙 💜 🖤 💕 💯 ✨ 🎉 🎁 🎂",
  "✅ ❌ ⭕ ❗ ❓ ⚠️ 🔔 📌 📎 📅 ⏰ ⌛ 📦 🚚 🏠 🏪 🛒 💳 💰 📞 📱 ✉️ 📷 🔍 🔒 🔑 ☀️ ☔ ❄️ 🌸 🍀 ☕",
].map((row) => row.split(" "));

export function EmojiButton({ onChoose }: { onChoose: (emoji: string) => void }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger
        render={
          <IconButton size="small" bare label={t("chat.input.emoji")} title={t("chat.input.emoji")}>
            <Smile size={17} aria-hidden />
          </IconButton>
        }
      />
      <Base.Portal>
        <Base.Positioner side="top" align="start" sideOffset={6} collisionPadding={8} className={styles["popper"]}>
          <Base.Popup className={styles["emojis"]} aria-label={t("chat.input.emojiTitle")}>
            {EMOJIS.flat().map((emoji) => (
              <button
                key={emoji}
                type="button"
                onClick={() => {
                  setOpen(false);
                  onChoose(emoji);
                }}
              >
                {emoji}
              </button>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
