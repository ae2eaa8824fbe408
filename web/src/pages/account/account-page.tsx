import { useWords } from "../../i18n/words";
import { Page } from "../../parts/page";
import { useSession } from "../../session/session";
import { LogInForm } from "./log-in-form";
import { MyAccount } from "./my-account";

/** Logging in, or the account of who has. */
export function AccountPage() {
  const { account: words } = useWords();
  const session = useSession();
  const name = session.state === "in" ? session.account?.username : undefined;
  return (
    <Page title={name ? words.hello(name) : words.title} name={words.title}>
      {session.state === "in" ? <MyAccount account={session.account} /> : <LogInForm />}
    </Page>
  );
}
