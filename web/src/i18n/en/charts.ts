import type { charts as korean } from "../ko/charts";

export const charts: typeof korean = {
  charts: {
    popularity: "Popularity",
    popularityDescription:
      "Average views per subscriber by upload day, last 8 days and today. A single video can raise the average of its day. The last 3 days are still gaining views.",
    popularityEstimated: "Includes videos of channels with estimated subscribers.",
    popularityEmpty: "No videos with known views per subscriber in the last 8 days and today.",
    uploads: "Uploads",
    uploadsDescription: "Videos per day with this keyword as a tag, last 8 days and today",
    uploadsEmpty: "There is no data for the last 8 days and today yet.",
    incomplete: "still counting",
    dashedPrevious: "thin dashes: previous period",
    dashedIncomplete: "dashes with open points: still counting",
    single: (date, value) => `Only one day has a value: ${date}, ${value}`,
    cutAxis: "The vertical axis does not start at 0.",
    views: "Views",
    viewsDescription: "Cumulative views",
    viewsEmpty: "The views have not been observed.",
    subscribers: "Subscribers",
    empty: "No data yet.",
    date: "Date",
    label: (name, from, to) => `Line chart of ${name}, from ${from} to ${to}`,
  },
  period: {
    label: "Period",
    presets: "Recent periods",
    all: "All",
    days: (days) => `${days} days`,
    lastDays: (days) => `Last ${days} days`,
    choose: "Choose dates",
    chooseRange: "Select the first day, then the last.",
    previousMonth: "Previous month",
    nextMonth: "Next month",
    compare: "Compare to previous period",
    tooLong: "Periods can be compared within the last 365 days.",
    previous: (name) => `${name}, previous period`,
    current: (value) => `this period ${value}`,
    before: (value) => `previous period ${value}`,
    comparedDays: (n) =>
      n === 1 ? "1 day with values in both periods" : `${n} days with values in both periods`,
    comparedWeeks: (n) =>
      n === 1 ? "1 week with values in both periods" : `${n} weeks with values in both periods`,
    new: "New",
    notComparable: "There are no values for the previous period.",
  },
  daily: {
    dailyTitle: "Daily numbers",
    weeklyTitle: "Weekly numbers",
    description:
      "Days that were not observed are empty; the current day or week is marked “still counting”.",
    defaultPeriod: (text) => `${text}, as no period is selected`,
    interval: "Interval",
    day: "Daily",
    week: "Weekly",
    weekFrom: "Week from Monday",
    metric: "Metric",
    metrics: {
      subscribers: "Subscribers",
      subscribers_gained: "Subscriber change",
      views_gained: "Views gained",
      uploads: "Uploads",
    },
    subscribers: "Total subscribers",
    views: "Cumulative views",
    empty:
      "No two consecutive days were observed in this period. Select another metric or a longer period.",
  },
  bestTimes: {
    title: "Best times to upload",
    description:
      "Views after three days relative to each channel’s usual, by weekday and hour of upload in Seoul.",
    channelDescription:
      "Views after three days relative to the channel’s usual, by weekday and hour of upload in Seoul.",
    caption:
      "Views relative to the usual by weekday and hour; above 1 is better. Empty cells have fewer than five videos.",
    weekday: "Day",
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    hour: (hour) => `${hour}:00`,
    time: (weekday, hour) => `${weekday} ${hour}:00`,
    ratio: (ratio, videos) => `${ratio} the usual views (${videos} videos)`,
    tooFew: (videos) =>
      videos === 1 ? "1 video: fewer than five" : `${videos} videos: fewer than five`,
    plan: "Plan for this time",
    noneBetter: (ratio) =>
      `No hour has at least ${ratio} the usual views. Smaller differences may be chance.`,
    note: "Empty cells have fewer than five videos. This describes past uploads, not the effect of the hour.",
    empty: (videos) =>
      `Not enough data yet. An hour is shown when five videos were uploaded in it. (${videos === 1 ? "1 comparable video" : `${videos} comparable videos`})`,
  },
};
