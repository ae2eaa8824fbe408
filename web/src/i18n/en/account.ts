import type { account as korean } from "../ko/account";

export const account: typeof korean = {
  account: {
    title: "Account",
    login: "Log in",
    register: "Sign up",
    logout: "Log out",
    logoutAll: "Log out on all devices",
    logoutAllFailed:
      "Logging out failed. Other devices are still logged in. Please try again later.",
    username: "Username",
    password: "Password",
    usernameHint: "5 or more letters, digits or @ . + - _",
    passwordHint: "8 or more characters",
    noAccount: "Don’t have an account?",
    hasAccount: "Already have an account?",
    wrongCredentials: "Wrong username or password.",
    tooShort: "Use at least 5 characters for the username and 8 for the password.",
    usernameTaken: "This username is already taken.",
    invalidUsername: "This username can’t be used.",
    invalidPassword: "This password can’t be used.",
    tooManyAttempts: "Too many attempts. Try again later.",
    reasons: { watchlist: "You need an account to use the watchlist." },
    expired: "Your session has expired. Log in again.",
    deleted: "Your account was deleted.",
    hello: (name) => `Hello, ${name}`,
    ownChannelDescription:
      "With your channel, the home page shows its results. Predictions are filled in with its subscribers and category, and use its earlier videos.",
    ownChannel: "My channel",
    noChannel: "No channel set.",
    changeChannel: "Change channel",
    removeChannel: "Disconnect",
    saved: "Saved.",
  },
};
