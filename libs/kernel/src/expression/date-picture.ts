/**
 * Whether JSONata may read a date by this picture. It turns the picture into a regular expression in which each part
 * takes any number of characters; parts that touch (`[Y#][M#][D#]`) would make it try every way of sharing them out.
 * Safe are parts of fixed width (`[Y0001][M01][D01]`) and parts with a sign between them.
 */
export function canReadDatesBy(picture: string): boolean {
  const parts = [...picture.replaceAll(/\s+(?=[^[]*\])/g, '').matchAll(/\[([^\]]*)\]([^[]*)/g)];
  return parts.every(([, marker = '', separator = ''], index) => {
    const isLast = index === parts.length - 1;
    const isWords = /[Ww]/.test(marker.slice(1));
    if (isWords || !hasSmallWidths(marker)) return false;
    if (isLast || /[^A-Za-z0-9]/.test(separator)) return true;
    if (separator === '') return /^[YMDdHhmsfXx]0*1$/.test(marker);
    return /^[YMDdHhmsfXx][01]*$/.test(marker) && /^[A-Za-z]+$/.test(separator);
  });
}

/** Whether the width modifiers (`[Y,4-4]`) stay below a hundred: JSONata pads to any width asked for. */
export function hasSmallWidths(picture: string): boolean {
  return !/[,-]\s*(?:\d\s*){3,}/.test(picture);
}
