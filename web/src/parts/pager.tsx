import { useWords } from "../i18n/words";

type Props = { page: number; pages: number; address: (page: number) => string };

/** To the page before and the one after. */
export function Pager({ page, pages, address }: Props) {
  const words = useWords().pages;
  const step = (to: number, name: string, rel: string) => {
    const isThere = to >= 1 && to <= pages;
    return isThere ? (
      <a class="button button-quiet" href={address(to)} rel={rel}>
        {name}
      </a>
    ) : (
      <span class="button button-quiet" aria-disabled="true">
        {name}
      </span>
    );
  };
  if (pages <= 1) return null;
  return (
    <nav class="pager" aria-label={words.label}>
      {step(page - 1, words.previous, "prev")}
      <span class="pager-place">{words.place(page, pages)}</span>
      {step(page + 1, words.next, "next")}
    </nav>
  );
}
