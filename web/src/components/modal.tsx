import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

type Props = {
  label: string;
  class: string;
  onClose: () => void;
  /** The contents, which can close the dialog. */
  children: (close: () => void) => ComponentChildren;
};

/** A modal dialog, which opens when it is rendered. A click on the backdrop or Escape closes it. */
export function Modal({ label, class: name, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  return (
    // The keyboard has Escape.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      class={name}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      {children(close)}
    </dialog>
  );
}
