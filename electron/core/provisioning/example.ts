/**
 * A complete session package with every field explained, in the form a province would write it: JSON with comments,
 * which the kiosk reads as it is. People, numbers and keys are invented; the two addresses point at this PC.
 */
export function makeExamplePackage(options: { now: number; receiptKey: object; reportKey: object }): string {
  const at = (minutes: number) => new Date(Math.ceil(options.now / 60_000) * 60_000 + minutes * 60_000).toISOString();
  const key = (jwk: object) => JSON.stringify(jwk);
  return `{
  // Format of this file; other values are refused.
  "format": "session-package/1",
  // Chosen by the province. A later file with the same id and a later "issuedAt" replaces this one.
  "packageId": "hn-vi-du-001",
  "issuedAt": "${at(-60)}",

  "conference": {
    "id": "hn-vi-du",
    "title": "Hội nghị trực tuyến toàn quốc (ví dụ)",
    "organiser": "Ban Tổ chức hội nghị" // optional
  },

  // The venue this package is for. Screens write "Điểm cầu" before the name.
  "venue": {
    "id": "PX-001",
    "name": "phường Ví Dụ",
    "address": "Hội trường tầng 2", // optional
    "parent": "Đảng bộ tỉnh Ví Dụ", // optional: who the venue reports to
    "tier": "cơ sở" // optional, free text
  },

  // One entry a sitting (buổi), in order. All moments carry their time zone.
  "sittings": [
    {
      "id": "sang",
      "title": "Buổi sáng",
      "opensAt": "${at(-30)}", // optional: sign-in opens; 60 minutes before the start when absent
      "startsAt": "${at(1)}",
      "endsAt": "${at(31)}",
      "graceMinutes": 15, // an arrival up to so long after the start is on time
      "endToleranceMinutes": 30, // ENDLIST so long before "endsAt", or later, closes the sitting without asking
      "endGraceMinutes": 20, // without ENDLIST, a vanished stream closes the sitting so long after "endsAt"
      "topics": [
        { "title": "Chuyên đề 1", "presenter": "Báo cáo viên", "position": "Chức vụ", "startsAt": "${at(1)}", "endsAt": "${at(16)}" },
        { "title": "Chuyên đề 2" }
      ],
      // Where the picture comes from, best first. An empty list: the hall gets it from another device.
      "sources": [
        { "id": "chinh", "url": "http://127.0.0.1:8080/live/master.m3u8", "label": "Luồng chính" },
        { "id": "du-phong", "url": "http://127.0.0.1:8081/live/master.m3u8", "label": "Luồng dự phòng" }
        // Where an address carries a token that runs out, add "refreshUrl": asked when the address is refused (401, 403), it
        // answers { "url": "https://…" }.
      ]
    }
  ],

  "playback": {
    "delaySeconds": 75, // the hall stays so far behind the edge, so that an outage of about that length is not seen (6 to 600; above 120 through a cache on disk)
    "afterOutage": "complete", // "complete": miss nothing, later; "in_step": jump forward
    "cmcd": "off" // "off", "query" or "headers": playback data on stream requests (CTA-5004)
  },

  // All optional; printed in the documents.
  "roles": {
    "chair": { "name": "Nguyễn Văn Chủ Trì", "position": "Bí thư Đảng ủy" },
    "secretary": { "name": "Trần Thị Thư Ký" },
    "technician": { "name": "Lê Văn Kỹ Thuật" },
    "supervisors": [{ "name": "Phạm Văn Phụ Trách", "position": "Ủy viên Ban Thường vụ", "unit": "Tỉnh ủy" }]
  },

  // Units form a tree of any depth ("parentId"), with optional "validFrom" and "validTo" dates.
  "units": [
    { "id": "db", "name": "Đảng bộ phường Ví Dụ" },
    { "id": "cb1", "name": "Chi bộ Tổ dân phố 1", "parentId": "db" },
    { "id": "cb2", "name": "Chi bộ Tổ dân phố 2", "parentId": "db" }
  ],

  // The summoned delegates. Leave "roster" out when nobody is summoned by name.
  // "citizenNumber" and "partyNumber" are kept only as keyed hashes; "badge" is the token on our own badge QR.
  "roster": [
    { "id": "p1", "name": "Nguyễn Văn Đức", "birthYear": 1958, "sex": "male", "position": "Bí thư Chi bộ", "unitId": "cb1", "citizenNumber": "099058000001", "badge": "CTH00001" },
    { "id": "p2", "name": "Đặng Thị Thuỷ", "birthDate": "1962-02-01", "unitId": "cb1" },
    { "id": "p3", "name": "Trần Hữu Ước", "birthYear": 1971, "unitId": "cb2", "note": "Ngồi hàng ghế đầu" }
  ],

  "delivery": {
    // "province": reports go there. "none": a session without a receiver; then leave "endpoint" out, and of "keys" below "receipts"
    // and "reports". Its report is sealed as any other, signed by the PC alone, and saved by hand.
    "receiver": "province",
    "endpoint": "http://127.0.0.1:8090", // reports go to {endpoint}/v1/reports/{reportId}/revisions/{n}
    "reportFormats": ["session-report/2", "session-report/1"], // what the province reads; absent: only the first format
    "windowSeconds": 60 // the first try is at the end plus a random part of this, so that venues do not arrive at once
    // "proxy": "http://proxy.example:3128", // of the venue's network; one that is set on the PC counts before it
    // "certificateAuthority": "-----BEGIN CERTIFICATE-----\\n…" // PEM of a private authority
  },

  // Public keys (JWK). "receipts" verify the province's answers: the current key and the next one.
  // "reports" encrypts reports to the province: X25519 or P-256. "packages" verify later signed packages.
  "keys": {
    "receipts": [${key(options.receiptKey)}],
    "reports": ${key(options.reportKey)},
    "packages": []
  },

  "privacy": {
    "notice": "Đảng ủy phường ghi nhận việc tham dự để điểm danh và báo cáo cấp trên. Dữ liệu gồm họ tên, năm sinh, đơn vị, chức vụ, thời điểm có mặt.",
    "shortNotice": "Thông tin điểm danh chỉ dùng để báo cáo tham dự hội nghị.", // optional
    "retentionDays": 30
  },

  // Layout of the printed documents: "party", "government" or "none".
  "document": {
    "template": "party",
    "parentOrganisation": "Đảng bộ tỉnh Ví Dụ",
    "organisation": "Đảng ủy phường Ví Dụ",
    "place": "Phường Ví Dụ",
    "addressee": "Ban Tuyên giáo và Dân vận Tỉnh ủy",
    "recipients": ["Ban Tuyên giáo và Dân vận Tỉnh ủy"],
    "symbol": "BC/ĐU",
    "signatory": "T/M ĐẢNG ỦY"
  },

  // PINs of the console, 6 to 10 digits. Without them the technician sets one at first use.
  "access": { "technicianPin": "135790", "chairPin": "246802" },
  "address": "dong_chi", // how people are addressed: "dong_chi" or "ong_ba"
  "hotline": "Tổng đài kỹ thuật: 000 000 000", // optional
  "stageNotice": "Đề nghị các đồng chí giữ trật tự" // optional: a line at the foot of the big screen
}
`;
}
