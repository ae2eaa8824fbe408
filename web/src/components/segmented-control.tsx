type Props = {
  label: string;
  options: { name: string; href: string; isSelected: boolean }[];
};

/** Links of which one is selected. */
export function SegmentedControl({ label, options }: Props) {
  return (
    <div class="segmented-control" role="group" aria-label={label}>
      {options.map(({ name, href, isSelected }) => (
        <a key={name} href={href} aria-current={isSelected ? "true" : undefined}>
          {name}
        </a>
      ))}
    </div>
  );
}
