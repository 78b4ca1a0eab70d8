// What is wrong with the page as it is laid out: a list of sentences. Evaluated by the tests in each page.
(() => {
  const wrong = [];
  const name = (element) => `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.trim().slice(0, 40)}`;
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  // For assistive technology alone.
  const isUnseen = (element) => element && (getComputedStyle(element).clipPath === "inset(50%)" || isUnseen(element.parentElement));
  const all = [...document.body.querySelectorAll("*")];

  // Nothing is scrolled sideways.
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    wrong.push(`the page is ${document.documentElement.scrollWidth} wide on a screen of ${width}`);
    all.filter((element) => isShown(element) && element.getBoundingClientRect().right > width + 0.5)
      .slice(0, 5).forEach((element) => wrong.push(`too wide: ${name(element)}`));
  }
  all.filter((element) => isShown(element) && !isUnseen(element))
    .filter((element) => getComputedStyle(element).display !== "inline" && element.scrollWidth > element.clientWidth + 1)
    .forEach((element) => wrong.push(`cut off or spilling: ${name(element)}`));

  // Structure that assistive technology goes by.
  if (document.documentElement.lang !== "en") wrong.push("the language is not stated");
  if (!document.title.trim()) wrong.push("there is no title");
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const levels = headings.map((heading) => Number(heading.tagName[1]));
  if (levels[0] !== 1 || levels.filter((level) => level === 1).length !== 1) wrong.push(`headings begin ${levels}`);
  levels.forEach((level, at) => { if (at > 0 && level > levels[at - 1] + 1) wrong.push(`a level is skipped before ${name(headings[at])}`); });
  headings.filter((heading) => !heading.textContent.trim()).forEach(() => wrong.push("a heading is empty"));
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => wrong.push(`two elements have the id ${id}`));
  document.querySelectorAll("[aria-labelledby]").forEach((element) => {
    if (!document.getElementById(element.getAttribute("aria-labelledby"))) wrong.push(`no label for ${name(element)}`);
  });
  document.querySelectorAll("a").forEach((link) => {
    const target = link.getAttribute("href");
    if (!target.startsWith("#") || !document.getElementById(target.slice(1))) wrong.push(`the link ${target} leads nowhere in the page`);
  });
  document.querySelectorAll("table").forEach((table) => {
    if (!table.caption) wrong.push("a table has no caption");
    if (![...table.tHead.querySelectorAll("th")].every((cell) => cell.scope === "col")) wrong.push("a column has no header");
    if (![...table.tBodies[0].rows].every((row) => row.cells[0].scope === "row")) wrong.push("a row has no header");
  });

  // Nothing that runs, loads or styles by itself.
  document.querySelectorAll("script, img, iframe, object, embed, link, svg, form, base").forEach((element) => wrong.push(`there is a ${name(element)}`));
  document.querySelectorAll("*").forEach((element) => {
    [...element.attributes].filter((attribute) => /^on|^style$/.test(attribute.name))
      .forEach((attribute) => wrong.push(`${name(element)} has the attribute ${attribute.name}`));
  });
  if (document.querySelectorAll("style").length !== 1) wrong.push("there is not one style sheet");

  // Text against what is behind it (WCAG 2.2, 1.4.3).
  const parse = (color) => {
    const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const luminance = ({ r, g, b }) => {
    const linear = [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.a === 1) return color;
      if (color.a !== 0) wrong.push(`half-transparent: ${name(at)}`);
    }
    return parse(getComputedStyle(document.documentElement).backgroundColor);
  };
  const texts = all.filter((element) => isShown(element) && !isUnseen(element) && !element.matches(".skip")
    && [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()));
  texts.forEach((element) => {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const [dark, light] = [luminance(parse(style.color)), luminance(behind(element))].sort((a, b) => a - b);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < least) wrong.push(`contrast ${ratio.toFixed(2)} below ${least}: ${name(element)}`);
    if (size < 11) wrong.push(`text of ${size} px: ${name(element)}`);
  });
  if (texts.length < 20) wrong.push("there is hardly any text");
  return wrong;
})()
