interface Asking<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers what a process asks for at the same moment into one call; one call at a time. */
export class Gathering<Question, Answer> {
  private asking: Asking<Question, Answer>[] = [];
  private isAnswering = false;

  /** @param answerAll answers in the order of the questions; whoever asked hears of its failure */
  constructor(
    private readonly answerAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
    private readonly maxQuestions: number,
  ) {}

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.asking.push({ question, resolve, reject });
      if (this.isAnswering) return;
      this.isAnswering = true;
      setImmediate(() => void this.answer());
    });
  }

  private async answer(): Promise<void> {
    while (this.asking.length > 0) {
      const batch = this.asking.splice(0, this.maxQuestions);
      try {
        const answers = await this.answerAll(batch.map(({ question }) => question));
        batch.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.isAnswering = false;
  }
}
