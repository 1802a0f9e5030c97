/** How many deliveries are under way to each of many places. */
export class BusyCounts {
  readonly counts = new Map<string, number>();

  add(place: string): void {
    this.counts.set(place, (this.counts.get(place) ?? 0) + 1);
  }

  remove(place: string): void {
    const left = (this.counts.get(place) ?? 0) - 1;
    if (left > 0) this.counts.set(place, left);
    else this.counts.delete(place);
  }
}
