import { useTranslations } from "../i18n";

type Props = { page: number; pageCount: number; href: (page: number) => string };

export function Pagination({ page, pageCount, href }: Props) {
  const { pagination } = useTranslations();
  const link = (target: number, name: string, rel: string) =>
    target >= 1 && target <= pageCount ? (
      <a class="button button-quiet" href={href(target)} rel={rel}>
        {name}
      </a>
    ) : (
      <span class="button button-quiet" aria-disabled="true">
        {name}
      </span>
    );
  if (pageCount <= 1) return null;
  return (
    <nav class="pagination" aria-label={pagination.label}>
      {link(page - 1, pagination.previous, "prev")}
      <span class="pagination-current">{pagination.current(page, pageCount)}</span>
      {link(page + 1, pagination.next, "next")}
    </nav>
  );
}
