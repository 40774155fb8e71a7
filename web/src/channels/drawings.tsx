// The screens of Kakao's 챗봇 관리자센터 that the guide speaks of, each with what is to be pressed there.

import { useT } from "../i18n/i18n";
import { Act, Check, Filler, Input, LEFT, Mark, Radio, RIGHT, Ring, Screen, Title, Toggle, WIDTH } from "./Drawing";
import styles from "./Drawing.module.css";

/** As much of an address as a field has room for. */
function short(url: string): string {
  const bare = url.replace(/^https?:\/\//, "");
  return bare.length > 46 ? `${bare.slice(0, 45)}…` : bare;
}

export function ChannelDrawing() {
  const t = useT();
  return (
    <Screen label={t("channels.draw.channelAlt")} at="settings" height={216}>
      <Title y={66}>{t("channels.draw.connect")}</Title>
      <Input y={94} label={t("channels.draw.operating")} value={t("channels.draw.mine")} />
      <Ring x={LEFT} y={100} w={RIGHT - LEFT} h={28} />
      <Mark n={1} x={RIGHT} y={100} />
      <Input y={150} label={t("channels.draw.development")} value={t("channels.draw.mineTest")} />
      <Mark n={2} x={RIGHT} y={156} />
    </Screen>
  );
}

export function SkillDrawing({ url, draftUrl, header }: { url: string; draftUrl: string; header: string | null }) {
  const t = useT();
  const low = header ? 40 : 0;
  return (
    <Screen label={t("channels.draw.skillAlt")} at="skill" height={336 + low}>
      <Input y={62} label={t("channels.draw.skillName")} value={t("channels.draw.skillNameSample")} />
      <Input y={118} label={t("channels.draw.url")} value={short(url)} mono />
      <Ring x={LEFT} y={124} w={RIGHT - LEFT} h={28} />
      <Mark n={1} x={RIGHT} y={124} />
      <Input y={174} label={t("channels.draw.testUrl")} value={short(draftUrl)} mono />
      <Ring x={LEFT} y={180} w={RIGHT - LEFT} h={28} />
      <Mark n={2} x={RIGHT} y={180} />
      <Check y={226} label={t("channels.draw.defaultSkill")} on={false} />
      {header ? <Input y={262} label={t("channels.draw.header")} value={header} mono /> : <Check y={254} label={t("channels.draw.header")} on={false} />}
      <Act x={RIGHT - 84} y={288 + low} w={84} label={t("channels.draw.save")} />
      <Ring x={RIGHT - 84} y={288 + low} w={84} h={30} />
      <Mark n={3} x={RIGHT} y={288 + low} />
    </Screen>
  );
}

export function BlockDrawing({ which }: { which: "welcome" | "fallback" }) {
  const t = useT();
  const block = t(`channels.draw.${which}`);
  const middle = LEFT + 130;
  // The welcome block alone is off at first.
  const first = which === "welcome" ? 2 : 1;
  return (
    <Screen label={t("channels.draw.blockAlt", { block })} at="scenario" height={272}>
      <text x={LEFT} y={62} className={styles["small"]}>
        {t("channels.draw.basicScenario")}
      </text>
      <Title y={82}>{block}</Title>
      {which === "welcome" && (
        <>
          <Toggle x={RIGHT - 34} y={68} />
          <Ring x={RIGHT - 34} y={68} w={30} h={16} />
          <Mark n={1} x={RIGHT} y={66} />
        </>
      )}
      <text x={LEFT} y={116} className={styles["strong"]}>
        {t("channels.draw.params")}
      </text>
      <Input y={124} label="" value={t("channels.draw.skillNameSample")} />
      <text x={RIGHT - 12} y={148} textAnchor="end" className={styles["small"]}>
        {t("channels.draw.choose")}
      </text>
      <Ring x={LEFT} y={130} w={RIGHT - LEFT} h={28} />
      <Mark n={first} x={RIGHT} y={130} />
      <text x={LEFT} y={190} className={styles["strong"]}>
        {t("channels.draw.answer")}
      </text>
      <Filler x={LEFT} y={206} w={96} />
      <Radio x={middle} y={202} label={t("channels.draw.useData")} on />
      <Ring x={middle} y={200} w={150} h={20} />
      <Mark n={first + 1} x={middle + 158} y={200} />
      <Act x={RIGHT - 84} y={230} w={84} label={t("channels.draw.save")} />
      <Ring x={RIGHT - 84} y={230} w={84} h={30} />
      <Mark n={first + 2} x={RIGHT} y={230} />
    </Screen>
  );
}

export function TestDrawing() {
  const t = useT();
  const left = WIDTH - 196;
  return (
    <Screen label={t("channels.draw.testAlt")} at="scenario" height={224}>
      <Ring x={RIGHT - 50} y={10} w={50} h={18} />
      <Mark n={1} x={RIGHT - 68} y={19} />
      <Filler x={LEFT} y={62} w={120} />
      <Filler x={LEFT} y={82} w={160} />
      <Filler x={LEFT} y={102} w={96} />
      <rect x={left} y="48" width="176" height="160" rx="10" className={styles["talk"]} />
      <rect x={left + 78} y="62" width="86" height="28" rx="12" className={styles["kakao"]} />
      <text x={left + 121} y="80" textAnchor="middle" className={styles["onYellow"]}>
        {t("channels.draw.hello")}
      </text>
      <rect x={left + 12} y="104" width="152" height="30" rx="12" className={styles["bubble"]} />
      <text x={left + 24} y="123" className={styles["talkInk"]}>
        {t("channels.draw.reply")}
      </text>
      <rect x={left + 10} y="172" width="156" height="26" rx="13" className={styles["box"]} />
      <Mark n={2} x={left + 150} y={185} />
    </Screen>
  );
}

export function DeployDrawing() {
  const t = useT();
  return (
    <Screen label={t("channels.draw.deployAlt")} at="deploy" height={196}>
      <Title y={68}>{t("channels.draw.deploy")}</Title>
      <Act x={RIGHT - 84} y={48} w={84} label={t("channels.draw.deploy")} />
      <Ring x={RIGHT - 84} y={48} w={84} h={30} />
      <Mark n={1} x={RIGHT} y={48} />
      <text x={LEFT} y={112} className={styles["small"]}>
        {t("channels.draw.history")}
      </text>
      <Filler x={LEFT} y={128} w={180} />
      <Filler x={LEFT + 260} y={128} w={80} />
      <Filler x={LEFT} y={152} w={140} />
      <Filler x={LEFT + 260} y={152} w={64} />
    </Screen>
  );
}
