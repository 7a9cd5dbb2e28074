/** A file as Playwright hands it to a page. */
export interface MadeFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const mimeType = "application/octet-stream";

/** A record of one lead in format 16, made here: a spike a second for twenty seconds at 250 Hz. */
export function smallRecord(name: string, height = 1000): MadeFile[] {
  const samples = new Int16Array(5000);
  for (let index = 125; index < 5000; index += 250) samples[index] = height;
  return record(name, 250, samples);
}

/** A record of two leads and `minutes` minutes at 360 Hz with a wave every 0.8 s, each record another one. */
export function longRecord(name: string, minutes: number, seed: number): MadeFile[] {
  const frames = minutes * 60 * 360;
  const samples = new Int16Array(2 * frames);
  let state = seed + 1;
  for (let frame = 0; frame < frames; frame++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const phase = (frame % 288) - 144;
    const wave = 1000 * Math.exp(-0.5 * (phase / 4) ** 2) + 200 * Math.exp(-0.5 * ((phase - 90) / 20) ** 2);
    samples[2 * frame] = wave + (state >>> 26);
    samples[2 * frame + 1] = wave / 2 + (state >>> 27);
  }
  const leads = ["MLII", "V5"].map((lead, index) => {
    const own = samples.filter((_, at) => at % 2 === index);
    return `${name}.dat 16 1000/mV 16 0 ${own[0]} ${checksum(own)} 0 ${lead}`;
  });
  return [
    { name: `${name}.hea`, mimeType, buffer: Buffer.from(`${name} 2 360 ${frames}\n${leads.join("\n")}\n`) },
    { name: `${name}.dat`, mimeType, buffer: Buffer.from(samples.buffer) },
  ];
}

const statements = `,description,diagnostic,form,rhythm,diagnostic_class
NORM,normal ECG,1.0,,,NORM
AFIB,atrial fibrillation,,,1.0,
`;

/** Ten-second records at 100 Hz with PTB-XL's tables: every third fibrillates, so its beats come at no regular time. */
export function smallPtbXl(count: number): MadeFile[] {
  const rows = ["ecg_id,patient_id,scp_codes,strat_fold,filename_lr,filename_hr"];
  const records = Array.from({ length: count }, (_, index): MadeFile[] => {
    const [number, fibrillates] = [index + 1, index % 3 === 2];
    const code = fibrillates ? "AFIB" : "NORM";
    const name = `${String(number).padStart(5, "0")}_lr`;
    rows.push(`${number},${number},"{'${code}': 100.0}",${(number % 10) + 1},${name},${number}_hr`);
    const samples = new Int16Array(1000);
    const intervalAfter = (beat: number) => (fibrillates ? 45 + ((31 * beat * number) % 70) : 80);
    for (let beat = 0, at = 40; at < 1000; at += intervalAfter(beat++)) {
      for (const [distance, height] of [1, 0.3].entries()) {
        samples[at - distance] = samples[at + distance] = (900 + 5 * index) * height;
      }
    }
    return record(name, 100, samples);
  });
  return [
    { name: "ptbxl_database.csv", mimeType: "text/csv", buffer: Buffer.from(`${rows.join("\n")}\n`) },
    { name: "scp_statements.csv", mimeType: "text/csv", buffer: Buffer.from(statements) },
    ...records.flat(),
  ];
}

/** A record of lead II in format 16, in thousandths of a mV. */
function record(name: string, samplingFrequency: number, samples: Int16Array): MadeFile[] {
  const length = samples.length;
  const header = `${name} 1 ${samplingFrequency} ${length}\n${name}.dat 16 1000/mV 16 0 ${samples[0]} ${checksum(samples)} 0 II\n`;
  return [
    { name: `${name}.hea`, mimeType, buffer: Buffer.from(header) },
    { name: `${name}.dat`, mimeType, buffer: Buffer.from(samples.buffer) },
  ];
}

/** The sum of all samples as 16 bits with a sign: what a header states as the checksum of one lead. */
function checksum(samples: Int16Array): number {
  const sum = samples.reduce((total, value) => (total + value) & 0xffff, 0);
  return (sum << 16) >> 16;
}
