import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DateReading, readDate } from '../../lambda/time/dates.ts';
import { formatRfc822, formatRfc3339 } from '../../lambda/time/moment.ts';
import { momentInZone } from '../../lambda/time/time-zone.ts';

const shown = (reading: DateReading) => (reading.kind === 'moment' ? formatRfc3339(reading.moment) : reading.kind);
const read = (text: string, timeZone = 'UTC') => shown(readDate(text, timeZone));

describe('readDate', () => {
  it.each([
    ['2021-04-07', '2021-04-07T00:00:00Z'],
    ['2021/04/07', '2021-04-07T00:00:00Z'],
    ['2021.4.7', '2021-04-07T00:00:00Z'],
    ['2021-4-7', '2021-04-07T00:00:00Z'],
    ['20210407', '2021-04-07T00:00:00Z'],
    ['7.4.2021', '2021-04-07T00:00:00Z'],
    ['2021-04-07T10:30:15Z', '2021-04-07T10:30:15Z'],
    ['2021-04-07t10:30:15.123456z', '2021-04-07T10:30:15Z'],
    ['2021-04-07 10:30', '2021-04-07T10:30:00Z'],
    ['2021-04-07 9:05:00', '2021-04-07T09:05:00Z'],
    ['2021-04-07 0:00:00', '2021-04-07T00:00:00Z'],
    ['2021-04-07T10:30:15+03:00', '2021-04-07T10:30:15+03:00'],
    ['2021-04-07 10:30:15 +0530', '2021-04-07T10:30:15+05:30'],
    ['2021-04-07 10:30:15 -4', '2021-04-07T10:30:15-04:00'],
    ['2021-04-07 10:30:15 UTC', '2021-04-07T10:30:15Z'],
    ['2021-04-07 10:30:15 UTC+09:00', '2021-04-07T10:30:15+09:00'],
    ['2021-04-07 10:30:15 EST', '2021-04-07T10:30:15-05:00'],
    ['2021-04-07 10:30:15 CET', '2021-04-07T10:30:15+01:00'],
    ['2021-04-07 10:30:15 MSK', '2021-04-07T10:30:15+03:00'],
    ['20210407T103015Z', '2021-04-07T10:30:15Z'],
    ['20210407T1030', '2021-04-07T10:30:00Z'],
    ['Wed Apr 7 18:30:22 2021 -0800', '2021-04-07T18:30:22-08:00'],
    ['Wed Apr  7 18:30:22 EST 2021', '2021-04-07T18:30:22-05:00'],
    ['2021-04-07 10:30 Europe/Moscow', '2021-04-07T10:30:00+03:00'],
    ['2021-04-07T10:30:00+02:00[Europe/Paris]', '2021-04-07T10:30:00+02:00'],
    ['2021-04-07 3:05 pm', '2021-04-07T15:05:00Z'],
    ['2021-04-07 12:05 AM', '2021-04-07T00:05:00Z'],
    ['Mar 5, 2024 3pm', '2024-03-05T15:00:00Z'],
    ['2024-03-05 at 11 a.m. EST', '2024-03-05T11:00:00-05:00'],
    ['2024-03-05 10:00 UTC-08:00', '2024-03-05T10:00:00-08:00'],
    ['2024-07-05 10:00 (Asia/Kolkata)', '2024-07-05T10:00:00+05:30'],
    ['2024-07-05 10:00 Pacific/Chatham', '2024-07-05T10:00:00+12:45'],
    ['2024-07-05 10:00 Japan', '2024-07-05T10:00:00+09:00'],
    ['2024-07-05 10:00 EST5EDT', '2024-07-05T10:00:00-04:00'],
    ['<2024-07-05 Fri 10:00>', '2024-07-05T10:00:00Z'],
    ['2024-07-05, Friday', '2024-07-05T00:00:00Z'],
    ['April 07, 2021', '2021-04-07T00:00:00Z'],
    ['Apr 7 2021', '2021-04-07T00:00:00Z'],
    ['Wednesday, April 7th, 2021 at 10:30 PM', '2021-04-07T22:30:00Z'],
    ['7 April 2021', '2021-04-07T00:00:00Z'],
    ['Wed, 07 Apr 2021 10:30:00 +0300', '2021-04-07T10:30:00+03:00'],
    ['Wed Apr 07 2021 10:30:00 GMT+0300 (Moscow Standard Time)', '2021-04-07T10:30:00+03:00'],
    ['13/5/2024', '2024-05-13T00:00:00Z'],
    ['5/13/2024 10:30', '2024-05-13T10:30:00Z'],
    ['05/05/2014 03:00:00 PM UTC', '2014-05-05T15:00:00Z'],
    ['5. März 2024', '2024-03-05T00:00:00Z'],
    ['Dienstag, 5. Ma\u0308rz 2024', '2024-03-05T00:00:00Z'],
    ['1er août 2023', '2023-08-01T00:00:00Z'],
    ['5 de marzo de 2024', '2024-03-05T00:00:00Z'],
    ['12 maggio 2024, 10:30', '2024-05-12T10:30:00Z'],
    ['7 mei 2024', '2024-05-07T00:00:00Z'],
    ['3 mars 2024', '2024-03-03T00:00:00Z'],
    ['1617753600', '2021-04-07T00:00:00Z'],
    ['1617753600000', '2021-04-07T00:00:00Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
    ['2020-02-29', '2020-02-29T00:00:00Z'],
  ])('reads %j', (text, date) => {
    expect(read(text)).toBe(date);
  });

  it.each([
    '2017-02-29',
    '2021-13-01',
    '2021-00-10',
    '2015-03-00',
    '2021-04-31',
    '2021-04-07 24:00',
    '2021-04-07 10:60',
    '0000-01-01',
    'April 31, 2021',
    '2021-04-07T10:00:00+25:00',
  ])('says that %j is in no calendar', (text) => {
    expect(read(text)).toBe('impossible');
  });

  it.each([
    '',
    'tomorrow',
    '2021',
    '2021-04',
    '04/07/2021',
    '2019-07-09 18::48::00',
    '2021-04-07 10:30 Mars/Olympus',
    '2021-04-07 13:00 pm',
    'Brumaire 18, 1799',
    '2021-04-07 and more',
    '2021-04-07 10:30:15 IST',
    '2021-04-07 10:30:15 ECT',
    '2021-04-07 13 pm',
    '2021-04-07 Saturn',
    '9'.repeat(1000),
  ])("doesn't guess what %j means", (text) => {
    expect(read(text)).toBe('unreadable');
  });

  it('takes midnight in the time zone of the site, without a shift of the day', () => {
    const reading = readDate('April 07, 2021', 'Europe/Moscow');
    expect(reading.kind === 'moment' && formatRfc822(reading.moment)).toBe('Wed, 07 Apr 2021 00:00:00 +0300');
  });

  it('law: an RFC 3339 date comes back as it was', () => {
    const moments = fc.record({
      at: fc
        .integer({ min: Date.UTC(1900, 0, 2), max: Date.UTC(2400, 0, 1) })
        .map((ms) => Math.floor(ms / 1000) * 1000),
      offsetMinutes: fc.integer({ min: -1439, max: 1439 }),
    });
    fc.assert(
      fc.property(moments, (moment) => {
        expect(readDate(formatRfc3339(moment), 'Asia/Tokyo')).toEqual({ kind: 'moment', moment });
        expect(readDate(formatRfc822(moment), 'Asia/Tokyo')).toEqual({ kind: 'moment', moment });
      }),
    );
  });

  it('law: no text makes it throw', () => {
    const piece = fc.constantFrom(
      '2021',
      '-',
      '/',
      '04',
      '7',
      'T',
      ' ',
      '10:30',
      ':',
      '+03:00',
      'Z',
      'April',
      ',',
      'pm',
      '(',
      '[',
      'é',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => void read(pieces.join(''))));
  });
});

describe('momentInZone', () => {
  const at = (wall: number, timeZone: string) => formatRfc3339(momentInZone(wall, timeZone));

  it('knows summer and winter time', () => {
    expect(at(Date.UTC(2021, 6, 1), 'Europe/Berlin')).toBe('2021-07-01T00:00:00+02:00');
    expect(at(Date.UTC(2021, 0, 1), 'Europe/Berlin')).toBe('2021-01-01T00:00:00+01:00');
  });

  it('takes the first of two times when clocks go back', () => {
    expect(at(Date.UTC(2021, 9, 31, 2, 30), 'Europe/Berlin')).toBe('2021-10-31T02:30:00+02:00');
    expect(at(Date.UTC(2021, 10, 7, 1, 30), 'America/New_York')).toBe('2021-11-07T01:30:00-04:00');
  });

  it('moves a time that clocks leave out by what they leave out', () => {
    expect(at(Date.UTC(2021, 2, 28, 2, 30), 'Europe/Berlin')).toBe('2021-03-28T03:30:00+02:00');
    // In Beirut the hour after midnight is left out.
    expect(at(Date.UTC(2021, 2, 28), 'Asia/Beirut')).toBe('2021-03-28T01:00:00+03:00');
  });

  it('knows offsets of half hours and those west of Greenwich', () => {
    expect(at(Date.UTC(2021, 0, 1), 'Asia/Kolkata')).toBe('2021-01-01T00:00:00+05:30');
    expect(at(Date.UTC(2021, 0, 1), 'America/St_Johns')).toBe('2021-01-01T00:00:00-03:30');
  });

  it('law: what clocks show at the moment is what was asked for, or after a gap less than a day later', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Moscow',
      'Europe/Dublin',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Pacific/Apia',
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2030, 0, 1) }), (zone, wall) => {
        const moment = momentInZone(wall, zone);
        const shownMs = moment.at + moment.offsetMinutes * 60_000;
        expect(shownMs).toBeGreaterThanOrEqual(wall);
        expect(shownMs - wall).toBeLessThanOrEqual(24 * 3_600_000);
      }),
    );
  });
});

describe('formatRfc3339', () => {
  it('says what the platform says, in any year that has four digits or not', () => {
    const anyTime = fc.oneof(
      fc.integer({ min: Date.UTC(-1, 0, 1), max: Date.UTC(10_001, 0, 1) }),
      fc.constantFrom(-1, 0, 999, Date.UTC(1_000, 0, 1) - 1, Date.UTC(1_000, 0, 1), Date.UTC(10_000, 0, 1) - 1),
    );
    fc.assert(
      fc.property(anyTime, (at) => {
        expect(formatRfc3339({ at, offsetMinutes: 0 })).toBe(`${new Date(at).toISOString().slice(0, 19)}Z`);
      }),
    );
  });
});
