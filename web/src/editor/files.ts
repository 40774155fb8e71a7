// Gives the person a file.

export function saveAs(name: string, content: string | Blob, type?: string): void {
  const blob = typeof content === "string" ? new Blob([content], { type: type ?? "text/plain" }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replaceAll(/[/\\:*?"<>|]/g, "_");
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
