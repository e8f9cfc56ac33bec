// The words of the tour: what to do in each step and why it matters. What counts as done, the server decides.

const WRITE = { label: "Write it for me", kind: "write" };
const FORM = { label: "Ask for the form", kind: "write" };

export const STEPS = {
  precheck: {
    title: "Precheck a subscriber",
    words:
      "Have the line written and send it: it asks Webex whether somebody could be provisioned. Nothing is created, and you know the answer before a customer waits for it.",
    ticks: { said: "Asked", answered: "Answered with yes" },
    actions: [WRITE],
  },
  mistake: {
    title: "Make a mistake, and put it right",
    words:
      "Ask for the form, give new.hire@ as the e-mail and press Check. The mistake is told at its field and the rest is kept; put it right and check again.",
    ticks: { asked: "Form shown", told: "Mistake told", right: "Put right" },
    actions: [FORM],
  },
  workspace: {
    title: "Provision a workspace",
    words:
      "Have the line written, send it and review the card: it shows exactly what would be sent, and nothing happens before you press Provision.",
    ticks: { reviewed: "Review shown", made: "Workspace made", shown: "Result shown" },
    actions: [WRITE],
  },
  restart: {
    title: "Stop the bot in the middle",
    words:
      "Open a form, stop the bot as a power cut would, start it again, then fill in that same form and press Check. Nothing is lost.",
    ticks: { open: "Form open", stopped: "Bot stopped", back: "Bot started", answered: "That form answered" },
    actions: [
      FORM,
      { label: "Stop the bot", kind: "post", path: "/control/bot/kill", said: "The bot is stopped." },
      { label: "Start the bot", kind: "post", path: "/control/bot/start", said: "The bot runs." },
    ],
  },
  lost: {
    title: "Lose an answer",
    words:
      "Lose the next answer, then have the line written, send it and press Provision. The bot says that nobody knows, looks for itself and never sends it twice. If it cannot tell, you look and press Close.",
    ticks: { lost: "Answer lost", unknown: "Said to be unknown", settled: "Settled, sent once" },
    actions: [
      {
        label: "Lose the next answer",
        kind: "post",
        path: "/control/scenarios/broadworks-write-lost",
        body: { times: 1 },
        said: "The answer to the next workspace will be lost.",
      },
      WRITE,
      { label: "See it under Faults", kind: "open", panel: "faults" },
    ],
  },
};

export const NEXT = [
  { label: "Two people side by side", href: "/split" },
  { label: "Gallery of all cards", href: "/gallery" },
  { label: "Record what you do", panel: "recording" },
];
