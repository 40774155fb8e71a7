// Sets the theme and the language before the first paint. A file of its own, since inline scripts are forbidden here.
// What is kept under these keys is written by src/shell/look.ts.
(() => {
  const root = document.documentElement;
  let theme = null;
  let language = null;
  try {
    theme = localStorage.getItem("closer.theme");
    language = localStorage.getItem("closer.language");
  } catch {
    // Storage may be forbidden; then the system's wish holds.
  }
  const dark =
    theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "dark" : "light";
  root.lang = language ?? ((navigator.language ?? "ko").toLowerCase().startsWith("ko") ? "ko" : "en");
})();
