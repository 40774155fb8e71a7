// The state of a form: values, what is wrong with each, sending. The server's field errors land at their fields; what
// concerns no field is `general`.

import { useRef, useState } from "react";

import { Problem, Unreachable } from "../api/problem";
import { useT } from "../i18n/i18n";

export type Errors<T> = Partial<Record<keyof T, string>>;

export interface Form<T> {
  values: T;
  errors: Errors<T>;
  /** What went wrong as a whole. */
  general: { title: string; detail: string } | undefined;
  busy: boolean;
  dirty: boolean;
  set: <K extends keyof T>(key: K, value: T[K]) => void;
  reset: (values?: T) => void;
  fail: (error: unknown) => void;
  submit: () => Promise<void>;
}

/** Sorts the server's field errors by the last part of their pointer. What names no field of the form is left over. */
export function sortErrors<T extends object>(problem: Problem, values: T): { errors: Errors<T>; rest: string[] } {
  const errors: Errors<T> = {};
  const rest: string[] = [];
  for (const { pointer, detail } of problem.errors) {
    const name = pointer.split("/").find((part) => part in values) as keyof T | undefined;
    if (name !== undefined) errors[name] ??= detail;
    else rest.push(detail);
  }
  return { errors, rest };
}

/** How a failure reads, whatever it was. */
export function useExplain(): (error: unknown) => { title: string; detail: string } {
  const t = useT();
  return (error) => {
    if (error instanceof Problem && error.title) return { title: error.title, detail: error.detail };
    if (error instanceof Unreachable) return { title: t("errors.unreachable"), detail: t("errors.unreachableWhy") };
    return { title: t("errors.unknown"), detail: t("errors.unknownWhy") };
  };
}

export function useForm<T extends object>(
  start: T,
  check: (values: T) => Errors<T>,
  send: (values: T, form: Pick<Form<T>, "set" | "reset">) => Promise<unknown>,
): Form<T> {
  const explain = useExplain();
  const [values, setValues] = useState(start);
  const [clean, setClean] = useState(start);
  const [errors, setErrors] = useState<Errors<T>>({});
  const [general, setGeneral] = useState<Form<T>["general"]>();
  const [busy, setBusy] = useState(false);
  // Two quick presses of Enter come before the button is drawn as busy.
  const sending = useRef(false);

  const fail = (error: unknown) => {
    if (error instanceof Problem && error.errors.length > 0) {
      const sorted = sortErrors(error, values);
      setErrors(sorted.errors);
      setGeneral(sorted.rest.length > 0 ? { title: error.title, detail: sorted.rest.join(" ") } : undefined);
    } else {
      setGeneral(explain(error));
    }
  };

  const set: Form<T>["set"] = (key, value) => {
    setValues((now) => ({ ...now, [key]: value }));
    setErrors((now) => ({ ...now, [key]: undefined }));
  };
  const reset: Form<T>["reset"] = (next = clean) => {
    setValues(next);
    setClean(next);
    setErrors({});
    setGeneral(undefined);
  };

  return {
    values,
    errors,
    general,
    busy,
    dirty: JSON.stringify(values) !== JSON.stringify(clean),
    set,
    reset,
    fail,
    submit: async () => {
      if (sending.current) return;
      const found = check(values);
      setErrors(found);
      setGeneral(undefined);
      if (Object.values(found).some(Boolean)) return;
      sending.current = true;
      setBusy(true);
      try {
        let kept = true;
        await send(values, {
          set,
          reset: (next) => {
            kept = false;
            reset(next);
          },
        });
        if (kept) setClean(values);
      } catch (error) {
        fail(error);
      } finally {
        sending.current = false;
        setBusy(false);
      }
    },
  };
}
