import type { components } from "../api/schema";
import { formatNumber } from "../format/numbers";
import { useLanguage, useTranslations } from "../i18n";

type Props = {
  keywords: components["schemas"]["KeywordValue"][];
  tone: "popular" | "recent";
  href: (name: string) => string;
  selected?: string | undefined;
};

/** Ranked keywords with a bar for each value. */
export function KeywordList({ keywords, tone, href, selected }: Props) {
  const { units } = useTranslations();
  const language = useLanguage();
  const max = Math.max(...keywords.map((keyword) => keyword.value), 1);
  return (
    <ol class={`keywords tone-${tone}`}>
      {keywords.map(({ name, value }, index) => (
        <li key={name}>
          <a
            class="keyword"
            href={href(name)}
            aria-current={name === selected ? "true" : undefined}
          >
            <span class="keyword-rank" aria-hidden="true">
              {index + 1}
            </span>
            <span class="keyword-name">{name}</span>
            <span class="keyword-value">{units.videos(formatNumber(value, language))}</span>
            <span class="keyword-bar" style={{ "--share": value / max }} />
          </a>
        </li>
      ))}
    </ol>
  );
}
