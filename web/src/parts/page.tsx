import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useWords } from "../i18n/words";

type Props = {
  title: ComponentChildren;
  /** In the browser's title bar. */
  name: string;
  about?: ComponentChildren;
  picture?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
};

let isFirst = true;

/** A page: its title, where the focus goes when somebody comes to it, and its content. */
export function Page({ title, name, about, picture, actions, children }: Props) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = name === "" ? words.title : `${name} · ${words.title}`;
  }, [name, words.title]);
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  return (
    <>
      <header class="page-head">
        {picture}
        <div class="page-title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {about && <p class="page-about">{about}</p>}
        </div>
        {actions && <div class="page-actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}
