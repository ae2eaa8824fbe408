import { useWords } from "../i18n/words";
import { Icon } from "../parts/icon";
import { to } from "../router/addresses";
import { usePlace } from "../router/location";
import { useSession } from "../session/session";

/** To the account, or to logging in and then back to where one is. */
export function AccountLink() {
  const { nav } = useWords();
  const session = useSession();
  const { path, query } = usePlace();
  const isThere = path === "/account";
  const isIn = session.state === "in";
  const text = query.toString();
  const here = text ? `${path}?${text}` : path;
  const name = isIn ? (session.account?.username ?? nav.account) : nav.login;
  return (
    <a
      class="tool tool-account"
      href={isIn || isThere ? to.account() : to.account(here === "/" ? undefined : here)}
      aria-current={isThere ? "page" : undefined}
    >
      <Icon name="account" />
      <span>{name}</span>
    </a>
  );
}
