import { SegmentedControl } from "../../components/segmented-control";
import { SelectField } from "../../components/select-field";
import { categoryOptions, isUploadCategory } from "../../format/categories";
import { useTranslations } from "../../i18n";
import { navigate } from "../../router/location";
import { WINDOWS, type VideoFilters, type WindowDays } from "../../router/urls";
import { SubscriberForm } from "./subscriber-form";

/** A positive integer of at most nine digits. */
function parsePositiveInteger(text: string | null): number | undefined {
  return text && /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}

/** Reads the filters from the URL; values that the form does not offer are ignored. */
export function parseFilters(
  params: URLSearchParams,
  defaultDays: WindowDays = 28,
): VideoFilters & { days: WindowDays; page: number } {
  const days = WINDOWS.find((window) => String(window) === params.get("days"));
  const category = parsePositiveInteger(params.get("category"));
  return {
    days: days ?? defaultDays,
    category: category !== undefined && isUploadCategory(category) ? category : undefined,
    length: (["shorts", "long"] as const).find((name) => name === params.get("length")),
    subscribers: parsePositiveInteger(params.get("subscribers")),
    page: parsePositiveInteger(params.get("page")) ?? 1,
    view: params.get("view") === "table" ? "table" : undefined,
  };
}

type Props = {
  filters: VideoFilters;
  href: (filters: VideoFilters) => string;
  /** Whether the list has a period and sizes of channels. */
  hasWindow: boolean;
};

/** Filters of a list of videos, all of which are in the URL. A change shows the first page. */
export function VideoFilterBar({ filters, href, hasWindow }: Props) {
  const { categories, filters: t, period } = useTranslations();
  const first = { ...filters, page: 1 };
  const lengths = [
    [t.allLengths, undefined],
    [t.shorts, "shorts"],
    [t.long, "long"],
  ] as const;
  return (
    <section class="filters" aria-label={t.label}>
      {hasWindow && (
        <LabelledControl
          label={t.days}
          options={WINDOWS.map((days) => ({
            name: period.lastDays(days),
            href: href({ ...first, days }),
            isSelected: days === filters.days,
          }))}
        />
      )}
      <LabelledControl
        label={t.length}
        options={lengths.map(([name, value]) => ({
          name,
          href: href({ ...first, length: value }),
          isSelected: value === filters.length,
        }))}
      />
      <SelectField
        label={t.category}
        value={String(filters.category ?? "")}
        options={[["", t.allCategories], ...categoryOptions(categories)]}
        onChange={(value) =>
          navigate(
            href({
              ...first,
              category: Number(value) || undefined,
            }),
          )
        }
      />
      {hasWindow && <SubscriberFilter filters={first} href={href} />}
    </section>
  );
}

/** A control with a visible label, like those of fields. */
function LabelledControl(props: Parameters<typeof SegmentedControl>[0]) {
  return (
    <div>
      <span class="field-label" aria-hidden="true">
        {props.label}
      </span>
      <SegmentedControl {...props} />
    </div>
  );
}

/** Lists channels of a similar size. */
function SubscriberFilter({ filters, href }: Pick<Props, "filters" | "href">) {
  const { filters: t } = useTranslations();
  const { subscribers } = filters;
  return (
    <SubscriberForm
      class="subscriber-filter"
      subscribers={subscribers}
      onSubmit={(count) => navigate(href({ ...filters, subscribers: count }))}
    >
      <button type="submit" class="button button-quiet">
        {t.applySubscribers}
      </button>
      {subscribers !== undefined && (
        <a class="button button-quiet" href={href({ ...filters, subscribers: undefined })}>
          {t.anySubscribers}
        </a>
      )}
    </SubscriberForm>
  );
}
