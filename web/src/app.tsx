import { useEffect } from "preact/hooks";
import { useWords } from "./i18n/words";
import { Routes } from "./router/routes";
import { fetchAccount, useSession } from "./session/session";
import { Header } from "./shell/header";
import { TabBar } from "./shell/tab-bar";

/** The frame around every page. */
export function App() {
  const words = useWords();
  const { state } = useSession();
  useEffect(() => {
    // Whether the token is still good; other failures are the business of the pages.
    if (state === "in") fetchAccount().catch(() => undefined);
  }, [state]);
  return (
    <>
      <a class="skip" href="#main">
        {words.skip}
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <Routes />
      </main>
      <TabBar />
    </>
  );
}
