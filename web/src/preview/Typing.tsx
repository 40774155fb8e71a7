// The customer's input: a text or a photo.

import { ArrowUp, Image, Link2, MapPin, Plus } from "lucide-react";
import { type ClipboardEvent, useRef, useState } from "react";

import { useT } from "../i18n/i18n";
import { Menu, MenuItem } from "../ui";
import type { Channel } from "./api";
import styles from "./Preview.module.css";

/** Why no place can be sent: no channel tells a bot of one. */
const NO_PLACES = { kakao: "preview.noPlaces", kakaobiz: "preview.consult.noPlaces", web: "preview.web.noPlaces" } as const;
const PICTURES = "image/png,image/jpeg,image/gif,image/bmp";

export function Typing({
  channel,
  busy,
  onSay,
  onPhoto,
  onPhotoAddress,
}: {
  channel: Channel;
  busy: boolean;
  onSay: (text: string) => void;
  onPhoto: (file: File) => void;
  onPhotoAddress: () => void;
}) {
  const t = useT();
  const [text, setText] = useState("");
  const file = useRef<HTMLInputElement>(null);
  const send = () => {
    if (busy || text.trim() === "") return;
    onSay(text);
    setText("");
  };
  const paste = (event: ClipboardEvent) => {
    const picture = [...event.clipboardData.files].find((one) => one.type.startsWith("image/"));
    if (!picture) return;
    event.preventDefault();
    onPhoto(picture);
  };
  return (
    <form
      className={styles["typing"]}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Menu
        align="start"
        trigger={
          <button type="button" className={styles["plus"]} aria-label={t("preview.attach")}>
            <Plus size={20} aria-hidden />
          </button>
        }
      >
        <MenuItem icon={<Image size={16} aria-hidden />} onClick={() => file.current?.click()}>
          {t("preview.photoFile")}
        </MenuItem>
        <MenuItem
          icon={<Link2 size={16} aria-hidden />}
          disabled={channel === "web"}
          {...(channel === "web" && { note: t("preview.web.noAddresses") })}
          onClick={onPhotoAddress}
        >
          {t("preview.photoAddress")}
        </MenuItem>
        <MenuItem icon={<MapPin size={16} aria-hidden />} disabled note={t(NO_PLACES[channel])} onClick={() => undefined}>
          {t("preview.location")}
        </MenuItem>
      </Menu>
      <input
        className={styles["input"]}
        aria-label={t("preview.say")}
        placeholder={t("preview.say")}
        value={text}
        autoComplete="off"
        enterKeyHint="send"
        onPaste={paste}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          // An Enter that ends the composing of a syllable sends nothing.
          if (event.key === "Enter" && event.nativeEvent.isComposing) event.preventDefault();
        }}
      />
      <button type="submit" className={styles["sendButton"]} aria-label={t("preview.send")} disabled={busy || text.trim() === ""}>
        <ArrowUp size={18} aria-hidden />
      </button>
      <input
        ref={file}
        type="file"
        hidden
        aria-hidden
        tabIndex={-1}
        accept={PICTURES}
        data-photo
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (chosen) onPhoto(chosen);
        }}
      />
    </form>
  );
}
