import { useEffect, useRef, useState } from "preact/hooks";
import { useLanguage, useTranslations } from "../i18n";
import { Icon } from "./icon";
import { Modal } from "./modal";

type CalendarElement = HTMLElement & { value: string; updated: Promise<void> };

type CalendarProps = {
  ref: { current: CalendarElement | null };
  /** `2026-11-28`, or of a range `2026-11-01/2026-11-28`. */
  value: string;
  locale: string;
  min?: string | undefined;
  max?: string | undefined;
  firstDayOfWeek: number;
  /** The date whose month is shown first. */
  focusedDate: string | undefined;
  onChange: (event: Event) => void;
  children: preact.ComponentChildren;
};

declare module "preact" {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the types of JSX are in one
  namespace JSX {
    interface IntrinsicElements {
      "calendar-date": CalendarProps;
      "calendar-range": CalendarProps;
      "calendar-month": object;
    }
  }
}

type Props = {
  label: string;
  /** The selected date in the format of the language. */
  text: string;
  value: string;
  onSelect: (value: string) => void;
  isRange?: boolean;
  min?: string | undefined;
  max?: string;
  id?: string;
  class?: string;
  describedBy?: string | undefined;
};

/** A button that opens a calendar in a dialog. The calendar is loaded when it is first opened. */
export function CalendarButton(props: Props) {
  const { label, text, id, class: name = "", describedBy } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        id={id}
        type="button"
        class={name}
        aria-haspopup="dialog"
        aria-label={label === text ? undefined : `${label}: ${text}`}
        aria-describedby={describedBy}
        onClick={() => {
          import("cally").then(
            () => setOpen(true),
            () => location.reload(),
          );
        }}
      >
        <Icon name="calendar" />
        {text}
      </button>
      {isOpen && <CalendarDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The contents of a calendar. */
function Month() {
  const { period: t } = useTranslations();
  return (
    <>
      <span slot="previous" aria-label={t.previousMonth}>
        ‹
      </span>
      <span slot="next" aria-label={t.nextMonth}>
        ›
      </span>
      <calendar-month />
    </>
  );
}

type DialogProps = Props & { onClose: () => void };

function CalendarDialog({ label, isRange, onClose, ...props }: DialogProps) {
  const { period: t, headerSearch } = useTranslations();
  return (
    <Modal class="calendar-dialog" label={label} onClose={onClose}>
      {(close) => (
        <div class="calendar-body">
          {isRange && <p class="card-description">{t.chooseRange}</p>}
          <Calendar {...props} isRange={isRange ?? false} onClose={close} />
          <button type="button" class="button button-quiet button-small" onClick={close}>
            {headerSearch.close}
          </button>
        </div>
      )}
    </Modal>
  );
}

type CalendarContentProps = Pick<Props, "value" | "min" | "max" | "onSelect"> & {
  isRange: boolean;
  onClose: () => void;
};

/** The calendar, which gets the focus. A selection closes its dialog. */
function Calendar({ value, isRange, min, max, onSelect, onClose }: CalendarContentProps) {
  const language = useLanguage();
  const calendar = useRef<CalendarElement>(null);
  useEffect(() => {
    const month = calendar.current?.querySelector<CalendarElement>("calendar-month");
    // Both render asynchronously.
    void Promise.all([calendar.current?.updated, month?.updated]).then(() => {
      calendar.current?.focus();
    });
  }, []);
  const props = {
    ref: calendar,
    value,
    locale: language === "ko" ? "ko-KR" : "en-GB",
    min,
    max,
    firstDayOfWeek: 1,
    focusedDate: value ? value.split("/").at(-1) : undefined,
    onChange: () => {
      const selected = calendar.current?.value;
      if (selected) onSelect(selected);
      onClose();
    },
    children: <Month />,
  };
  return isRange ? <calendar-range {...props} /> : <calendar-date {...props} />;
}
