import { stem } from './words.js';

/** Something that labels and fields commonly ask about, with the words by which people talk of it. */
export interface Concept {
  readonly name: string;
  /** Stems of the words by which a label names it. */
  readonly names: ReadonlySet<string>;
  /** Stems, and pairs of stems joined by a space, that point to it; a cue with `!` counts double. */
  readonly cues: ReadonlyMap<string, number>;
  /** True when "not" turns it round: a parcel that has not arrived is still about shipping, not happy is unhappy. */
  readonly isNegatable: boolean;
}

const NEGATABLE = new Set(['positive', 'negative', 'angry', 'urgent', 'relaxed', 'praise']);

/** name: words that name it: words that point to it. English and German; pairs are joined by `_`. */
const ENTRIES = `
billing | billing payment payments invoice invoicing finance rechnung abrechnung zahlung buchhaltung | invoice invoices! charge charged! payment pay paid billed! bill subscription price credit_card card debit overcharged! twice receipt vat plan renewal fee rechnung! rechnungen! abbuchung! abgebucht! zahlung bezahlt konto lastschrift betrag doppelt preis gebühr abo mahnung
refund | refund refunds chargeback reimbursement rückerstattung erstattung | refund! refunded! money_back! reimburse! chargeback return returned compensation erstattung! rückerstattung! geld_zurück! zurückerstattet! zurücküberweisen
technical | technical tech bug bugs error incident support technik technisch fehler störung | error! bug! crash! crashes! crashed! broken fails! failed failing exception timeout login log_in password reset install installation update api server endpoint loading freeze slow browser app screen page export upload outage 500 404 website webseite fehler! fehlermeldung! absturz! abgestürzt! stürzt! funktioniert lädt anmeldung anmelden passwort störung! langsam einloggen
account | account profile login konto zugang benutzerkonto | account! profile password username login email_address close_account! delete_account! access sign_in verification locked locked_out! konto! zugang! benutzername passwort gesperrt! profil zugangsdaten!
shipping | shipping delivery logistics order orders versand lieferung bestellung | delivery! deliver delivered! shipping! shipped! shipment! parcel! package! tracking! courier carrier arrived arrive warehouse late order lieferung! geliefert! paket! versand! sendung! sendungsverfolgung! zugestellt! bestellung angekommen
sales | sales presales lead demo pricing quote vertrieb verkauf angebot | quote! demo! pricing! purchase buy buying upgrade discount! enterprise seats license trial offer interested reseller angebot! kaufen! kauf rabatt! lizenzen! vorführung! interesse interessieren
cancellation | cancel cancellation churn kündigung stornierung | cancel! cancellation! cancelled! unsubscribe! terminate! close_account stop_subscription kündigung! kündigen! stornieren! stornierung! widerruf!
feature | feature features request enhancement suggestion idea wunsch vorschlag | feature! suggest! suggestion! would_love! wish! idea! improvement! roadmap support_for dark_mode integrate option nice_if hoping wunsch! vorschlag! wünschen! idee! praktisch verbesserung!
complaint | complaint complaints escalation beschwerde reklamation | complaint! unacceptable! disappointed! terrible! worst! manager! lawyer! rude! never_again! ridiculous! fed_up! escalate! beschwerde! unverschämt! inakzeptabel! enttäuscht! anwalt! frechheit! reklamation!
praise | praise compliment thanks feedback lob dank | thank! thanks! great! love! excellent! awesome! wonderful! amazing! lob! danke! toll! super! klasse! großartig!
security | security privacy phishing fraud sicherheit datenschutz betrug | hacked! phishing! suspicious! breach! unauthorized! fraud! stolen! malware virus gdpr! privacy! data_protection leaked! vulnerability! gehackt! verdächtig! betrug! datenschutz! dsgvo! gestohlen! missbrauch!
legal | legal contract compliance recht vertrag juristisch | contract! clause! liability! lawyer! legal! agreement! terms lawsuit! jurisdiction! warranty vertrag! klausel! haftung! anwalt! rechtlich! klage! gewährleistung
hr | hr hiring recruiting personnel people personal bewerbung | vacation! leave! salary! payroll! employee! hire! hiring! candidate! interview! resume! cv! onboarding urlaub! gehalt! bewerbung! mitarbeiter! bewerber! lebenslauf! vorstellungsgespräch! krankmeldung!
spam | spam junk scam werbung | lottery! winner! click_here! viagra! casino! bitcoin! crypto! inheritance! million! guaranteed! act_now! free_money! seo! backlinks! prize! gewinnspiel! gewonnen! millionen! erbschaft! klicken_sie!
positive | positive happy satisfied good pleased praise positiv zufrieden gut glücklich erfreut | great! love! loved! excellent! awesome! amazing! perfect! fantastic! wonderful! happy! pleased! satisfied! delighted! good nice helpful! fast friendly thank thanks recommend! easy impressed! enjoy! brilliant! outstanding! toll! super! klasse! großartig! zufrieden! begeistert! schnell hervorragend! perfekt! ausgezeichnet! gut freundlich danke empfehlen! hilfreich! gefällt!
negative | negative unhappy dissatisfied bad sad negativ unzufrieden schlecht traurig | bad! terrible! awful! horrible! worst! hate! poor! broken disappointed! disappointing! frustrated! frustrating! annoying! angry! useless! slow crash crashes error cannot_work dies died broke never_answered! failed unhappy! dissatisfied! rude! waste! problem issue fails unacceptable! never_again! refund ridiculous! confusing! schlecht! furchtbar! schrecklich! enttäuscht! enttäuschend! ärgerlich! unzufrieden! langsam kaputt! mangelhaft! nervt! unfreundlich! frechheit! leider problem
angry | angry anger furious upset mad frustrated wütend verärgert ärger | angry! furious! unacceptable! outrageous! ridiculous! worst! hate! fed_up! sick_of! disgusted! scandal! lawyer! annoyed! frustrated! upset! insane! incompetent! rude! demand! third_time! wütend! sauer! frechheit! unverschämt! inakzeptabel! unfassbar! skandal! anwalt! reicht! ärgerlich! verärgert!
urgent | urgent urgency high critical emergency asap priority important p0 p1 dringend hoch kritisch eilig wichtig priorität | urgent! urgently! asap! immediately! emergency! critical! right_now! outage! is_down! down blocked! blocking! production! cannot_work! deadline! today losing! all_users! everyone as_soon! escalate dringend! sofort! umgehend! eilig! notfall! ausfall! heute kritisch! schnellstmöglich! steht_still! unverzüglich!
relaxed | low minor trivial p3 p4 niedrig gering | no_rush! no_hurry! whenever! minor! cosmetic! typo! small_thing! someday! eventually! nice_if! wondering! curious! suggestion when_you_have low_priority! not_urgent! keine_eile! irgendwann! kleinigkeit! tippfehler! gelegentlich! nicht_dringend!
question | question questions inquiry enquiry information howto frage anfrage auskunft | how_do! how_can! how_to! what_is! where_can! is_there! do_you! can_i! could_you question! wondering! explain! frage! wie_kann! wo_finde! gibt_es! können_sie! erklären! wissen!
sports | sports sport | match! team! goal! league! season! coach! player! championship! tournament! olympic! football! soccer! tennis! spiel! mannschaft! trainer! liga! turnier! fußball! tor!
politics | politics political government politik | government! election! parliament! minister! president! senate! vote! voters! policy! party law regierung! wahl! bundestag! ministerin! präsident! partei! gesetz! opposition!
business | business economy economics markets wirtschaft unternehmen | company! shares! revenue! profit! market! quarter! investors! ceo! merger! acquisition! earnings! stock! bank inflation! umsatz! gewinn! aktie! börse! quartal! konzern! unternehmen! zinsen!
science | science health medicine research wissenschaft forschung gesundheit medizin | study! researchers! scientists! university! vaccine! patients! disease! climate! species! experiment! physics! telescope! studie! forscher! universität! patienten! krankheit! klima! impfstoff!
technology | technology software digital computer technologie digitalisierung | software! app! chip! ai! artificial_intelligence! startup! smartphone! cloud! algorithm! developers! data robot! künstliche_intelligenz! rechenzentrum! algorithmus! entwickler!
english | english en englisch | the! and! of! is! to! with! have! you! this! for!
german | german de deutsch | der! die! und! das! ist! nicht! mit! ich! ein! für! sie! wir!
`;

export const LEXICON: readonly Concept[] = ENTRIES.trim()
  .split('\n')
  .map((line) => {
    const [name, names, cues] = line.split('|').map((part) => part.trim()) as [string, string, string];
    return {
      name,
      names: new Set(names.split(' ').map(stem)),
      isNegatable: NEGATABLE.has(name),
      cues: new Map(cues.split(' ').map((cue) => [stemsOfCue(cue), cue.endsWith('!') ? 2 : 1])),
    };
  });

function stemsOfCue(cue: string): string {
  return cue.replace('!', '').split('_').map(stem).join(' ');
}

export function conceptNamed(name: string): Concept {
  return LEXICON.find((concept) => concept.name === name)!;
}

/** The concepts that a label's words name. */
export function conceptsOf(labelStems: readonly string[]): Concept[] {
  return LEXICON.filter((concept) => labelStems.some((labelStem) => concept.names.has(labelStem)));
}
