import type { Page } from '@playwright/test';

export interface BoxRules {
  /** The part of the window that is measured. */
  root: string;
  /** What may end in dots; its whole text is elsewhere on screen, or tells nobody apart. */
  mayEndInDots: string;
}

/** What is wrong with the boxes of the page as it is now: overlaps, cut texts, cards that are too low, parts that scroll in others or leave the window. */
export async function listBoxFaults(page: Page, rules: BoxRules): Promise<string[]> {
  return page.evaluate(({ root, mayEndInDots }) => {
    const faults: string[] = [];
    const nameOf = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${(element.textContent ?? '').slice(0, 30)}"`;
    const isLeftOut = (element: Element): boolean =>
      element.closest('.watermark, .visually-hidden, .rehearsal-chip') !== null || element.closest('[inert]') !== null;
    const all = [...document.querySelectorAll<HTMLElement>(`${root} *`)].filter((element) => !isLeftOut(element));
    const scrolls = (element: HTMLElement): boolean =>
      /auto|scroll/u.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight + 2;
    const scrolling = all.filter(scrolls);
    /** What a list that scrolls shows of an element. */
    const shownBox = (element: Element): DOMRect => {
      const box = element.getBoundingClientRect();
      const outer = scrolling.find((part) => part !== element && part.contains(element))?.getBoundingClientRect();
      if (!outer) return box;
      const top = Math.max(box.top, outer.top);
      return new DOMRect(box.left, top, box.width, Math.max(0, Math.min(box.bottom, outer.bottom) - top));
    };
    for (const element of all) {
      if (scrolling.includes(element) && scrolling.some((outer) => outer !== element && outer.contains(element)))
        faults.push(`${nameOf(element)} scrolls inside another part that scrolls`);
      const box = shownBox(element);
      if (box.width === 0 || box.height === 0) continue;
      if (box.right > innerWidth + 1 || box.left < -1 || box.bottom > innerHeight + 1 || box.top < -1)
        faults.push(`${nameOf(element)} leaves the window`);
      const style = getComputedStyle(element);
      const holder = style.position === 'sticky' ? scrolling.find((part) => part.contains(element)) : undefined;
      if (holder && style.bottom !== 'auto') {
        const [stuck, edge] = [element.getBoundingClientRect(), holder.getBoundingClientRect().bottom];
        if (stuck.top < edge && stuck.bottom > edge + 1) faults.push(`${nameOf(element)} is cut where it sticks`);
      }
      const clips = style.overflowX !== 'visible' && !element.matches(`input, ${mayEndInDots}`);
      if (clips && element.scrollWidth > element.clientWidth + 2) faults.push(`${nameOf(element)} cuts its content`);
      const isCutBelow = clips && style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2;
      if (isCutBelow) faults.push(`${nameOf(element)} cuts its content`);
      if (element.matches('.card') && element.scrollHeight > element.clientHeight + 2)
        faults.push(`${nameOf(element)} ends before its content`);
    }
    const texts = all.filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== ''),
    );
    const boxes = texts.map((element) => ({ element, box: shownBox(element) }));
    // What the ring of the focus takes round a field: 4 px wide, 2 px off; the letters of a text are lower than its line.
    const fields = all.filter((element) => element.matches('input:not([type]), input[type=text], select, textarea'));
    for (const field of fields) {
      const box = shownBox(field);
      if (box.width === 0 || box.height === 0) continue;
      const holder = scrolling.find((part) => part.contains(field))?.getBoundingClientRect();
      const dialog = field.closest('dialog');
      if (dialog && holder && box.bottom < holder.bottom && box.bottom + 5 > holder.bottom)
        faults.push(`${nameOf(field)} has no room for its ring`);
      for (const { element, box: text } of boxes) {
        if (element === field || field.contains(element) || dialog !== element.closest('dialog')) continue;
        const words = document.createRange();
        words.selectNodeContents(element.firstChild?.nodeType === 3 ? element.firstChild : element);
        const shown = words.getBoundingClientRect();
        if (text.width === 0 || text.height === 0 || element.contains(field) || element.closest('option')) continue;
        const wide = Math.min(box.right, shown.right) - Math.max(box.left, shown.left);
        const above = box.top - 6 - shown.bottom;
        const below = shown.top - (box.bottom + 6);
        if (wide > 3 && above < -3 && below < -3)
          faults.push(`the ring of ${nameOf(field)} lies over ${nameOf(element)}`);
      }
    }
    /** A head or foot that stays in sight while its page moves under it. */
    const stickyOf = (element: Element | null): Element | null =>
      element === null || getComputedStyle(element).position === 'sticky' ? element : stickyOf(element.parentElement);
    const coverOf = (element: Element): Element | null =>
      element.closest('.outcome, .desk-recording, .display-number, .toasts, .help-banner-locked, dialog') ??
      stickyOf(element);
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1)) {
        if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
        // What covers the window lies over all of it on purpose.
        if (coverOf(a.element) !== coverOf(b.element)) continue;
        const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (wide > 3 && high > 4) faults.push(`${nameOf(a.element)} lies over ${nameOf(b.element)}`);
      }
    return faults;
  }, rules);
}

/** Adds a style sheet to the page, for the control of a measure. */
export async function spoil(page: Page, css: string): Promise<void> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);
}
