/** What a column of a business file can mean. */
export const roleWords = {
  time: "date|time|datetime|timestamp|order date|invoice date|purchase date|booked at|occurred at|day|transaction date|reporting starts|datum|zeit|zeitpunkt|bestelldatum|rechnungsdatum|kaufdatum|buchungsdatum|日期|时间|時間|下单时间|订单日期|訂單日期|訂購日期|tanggal|waktu|tanggal pesanan|tanggal transaksi",
  created:
    "created|created at|create date|created on|engage date|creation date|opened|start date|erstellt|erstellt am|erstelldatum|anlagedatum|创建时间|创建日期|建立日期|建立時間|開始日期|开始日期|dibuat|tanggal dibuat|tanggal mulai",
  closed:
    "close date|closed|closed at|closed on|closing date|won date|abschlussdatum|abgeschlossen am|geschlossen|关闭日期|成交日期|结单日期|結案日期|關閉日期|tanggal tutup|tanggal penutupan",
  email:
    "email|e mail|mail|email address|mailadresse|e mail adresse|邮箱|电子邮件|郵箱|電子郵件|電郵|surel|alamat email",
  phone:
    "phone|phone number|mobile|telephone|telefon|handy|mobilnummer|电话|手机|電話|手機|telepon|nomor telepon|no hp",
  person:
    "customer id|customer|client id|client|user id|user|contact id|prospect id|lead id|person id|member id|buyer id|buyer|kundennummer|kunden id|kunde|kundennr|客户编号|客户id|客户|客戶編號|客戶|用户id|用户|會員編號|会员id|id pelanggan|pelanggan|kode pelanggan",
  id: "id|identifier|nummer|编号|編號|nomor",
  name: "name|full name|contact name|customer name|姓名|nama|nama lengkap|vollständiger name",
  order:
    "order id|order number|order no|order|invoice no|invoice number|invoice id|invoice|transaction id|receipt|bestellnummer|auftragsnummer|rechnungsnummer|bestellung|订单号|订单编号|订单|訂單編號|訂單號|訂單|发票号|nomor pesanan|id pesanan|pesanan|nomor faktur|no invoice",
  deal: "deal id|opportunity id|deal|opportunity|record id|geschäft|verkaufschance|商机编号|商机|商機編號|商機|id peluang|peluang|kesepakatan",
  stage:
    "deal stage|stage|stage name|pipeline stage|opportunity stage|deal status|phase|verkaufsphase|阶段|销售阶段|階段|銷售階段|商机阶段|tahap|tahapan",
  status: "status|state|lead status|stand|状态|狀態|status prospek",
  amount:
    "amount|total|total amount|order total|order value|close value|deal value|deal amount|deal size|contract value|revenue|sales|turnover|net amount|gross amount|grand total|total price|value|dollar value|subtotal|line total|betrag|gesamtbetrag|summe|umsatz|gesamt|auftragswert|wert|bestellwert|金额|总金额|销售额|成交金额|订单金额|金額|總金額|銷售額|成交金額|訂單金額|jumlah|total harga|nilai|nilai transaksi|pendapatan|omzet|omset",
  price:
    "unit price|price|price each|item price|sales price|list price|lineitem price|einzelpreis|stückpreis|preis|verkaufspreis|单价|价格|單價|價格|harga|harga satuan",
  quantity:
    "quantity|qty|units|pieces|count|number of items|lineitem quantity|number of|menge|anzahl|stückzahl|数量|件数|數量|件數|kuantitas|jumlah barang|qty",
  currency: "currency|currency code|währung|币种|货币|幣別|貨幣|mata uang",
  product:
    "product|product name|product title|item|item name|description|sku|stock code|article|lineitem name|produkt|artikel|artikelname|beschreibung|bezeichnung|产品|商品|商品名称|產品|商品名稱|produk|nama produk|barang",
  category:
    "category|series|product line|product type|kategorie|warengruppe|类别|分类|類別|分類|kategori",
  country: "country|land|billing country|shipping country|国家|國家|negara",
  city: "city|town|stadt|ort|城市|kota",
  job: "job title|title|position|occupation|current occupation|role|beruf|stelle|职位|職稱|職位|jabatan|pekerjaan",
  account:
    "account|account name|company|company name|organization|organisation|firma|unternehmen|konto|firmenname|公司|客户公司|公司名称|公司名稱|帳戶|账户|perusahaan|nama perusahaan|akun",
  domain: "domain|website|web site|company domain|webseite|网站|網站|域名|situs web",
  industry: "industry|sector|branche|industrie|行业|行業|產業|industri|sektor",
  employees:
    "employees|number of employees|headcount|company size|mitarbeiter|mitarbeiterzahl|员工数|員工數|人数|jumlah karyawan|karyawan",
  parent: "parent|parent company|subsidiary of|muttergesellschaft|母公司|induk perusahaan",
  owner:
    "owner|sales agent|sales rep|salesperson|account manager|agent|assigned to|lead owner|deal owner|verantwortlich|vertriebler|betreuer|besitzer|负责人|销售员|業務員|負責人|pemilik|tenaga penjual",
  campaign:
    "campaign|campaign name|campaign id|utm campaign|kampagne|kampagnenname|活动|广告系列|广告活动|廣告活動|活動|kampanye|nama kampanye",
  channel: "channel|marketing channel|kanal|渠道|管道|通路|saluran|kanal pemasaran",
  source:
    "source|lead source|utm source|traffic source|quelle|herkunft|leadquelle|来源|线索来源|來源|名單來源|sumber|sumber prospek",
  medium: "medium|utm medium|媒介|媒体|媒體",
  spend:
    "spend|spent|cost|costs|amount spent|ad spend|total spent|media cost|kosten|ausgaben|ausgegebener betrag|werbekosten|花费|消耗|成本|费用|花費|費用|biaya|pengeluaran|jumlah yang dibelanjakan",
  impressions:
    "impressions|impr|views|impressionen|einblendungen|展示|展示次数|曝光|曝光量|展示次數|曝光數|tayangan|impresi",
  clicks: "clicks|link clicks|klicks|点击|点击量|点击次数|點擊|點擊次數|點擊數|klik",
  conversions:
    "conversions|conversion|approved conversion|purchases|results|konversionen|转化|转化数|轉換|轉換次數|konversi",
  leads: "leads|total conversion|enquiries|inquiries|form leads|anfragen|线索|线索数|名單|prospek",
  ad: "ad id|ad|ad name|ad set|creative|anzeige|anzeigen id|广告|廣告|iklan|nama iklan",
  age: "age|age group|alter|altersgruppe|年龄|年齡|usia|umur",
  gender: "gender|sex|geschlecht|性别|性別|jenis kelamin",
  interest: "interest|audience|interesse|zielgruppe|兴趣|興趣|minat",
  converted:
    "converted|is converted|lead converted|conversion status|konvertiert|已转化|是否转化|已轉換|terkonversi",
  score:
    "score|lead score|points|activity score|rating|punkte|bewertung|评分|得分|評分|分數|skor|nilai prospek|peringkat",
  nps: "nps|nps score|likelihood to recommend|recommend|weiterempfehlung|推荐指数|推薦指數",
  csat: "csat|satisfaction|satisfaction score|zufriedenheit|满意度|滿意度|kepuasan",
  comment: "comment|feedback|remark|kommentar|反馈|评论内容|回饋|komentar pelanggan",
  event:
    "event|event type|event name|activity|activity type|action|ereignis|事件|动作|動作|peristiwa|aktivitas",
  likes: "likes|reactions|gefällt mir|点赞|赞|按讚|讚|suka",
  comments: "comments|kommentare|评论|评论数|留言|評論|komentar",
  shares: "shares|retweets|reposts|geteilt|分享|转发|轉發|dibagikan|bagikan",
  saves: "saves|bookmarks|gespeichert|收藏|保存|儲存|disimpan|simpanan",
  replies: "replies|antworten|回复|回覆|balasan",
  reach: "reach|reached|reichweite|触达|覆盖人数|觸及|jangkauan",
  linkClicks:
    "link clicks|website clicks|bio link clicks|link klicks|链接点击|連結點擊|klik tautan",
  post: "caption|post|post text|message|tweet text|permalink|post id|beitrag|文案|帖子|貼文|takarir|postingan",
  followers:
    "followers|follower count|total followers|subscribers|abonnenten|粉丝|粉丝数|粉絲數|追蹤者|pengikut|jumlah pengikut",
} as const;

/** One meaning of a column. */
export type Role = keyof typeof roleWords;

/** Texts that exports write where a value is missing; only those found in a file are put into its mapping. */
export const placeholderWords: readonly string[] = [
  "select",
  "n/a",
  "na",
  "#n/a",
  "nan",
  "null",
  "-",
  "--",
  "—",
  "(not set)",
  "not set",
  "not provided",
  "(blank)",
  "keine angabe",
  "k.a.",
  "bitte wählen",
  "请选择",
  "請選擇",
  "无",
  "無",
  "未填写",
  "未填寫",
  "pilih",
  "tidak ada",
  "kosong",
];

/** Stages that end a deal, as vendors and people write them. */
export const closedStages: Readonly<Record<"won" | "lost", RegExp>> = {
  won: /^(closed[\s_-]*)?won$|^closedwon$|gewonnen|赢单|成交|贏單|menang|berhasil/i,
  lost: /^(closed[\s_-]*)?lost$|^closedlost$|verloren|输单|丢单|輸單|失單|kalah|gagal/i,
};

/** Words by which events of e-mail and web are known. */
export const eventWords: readonly (readonly [RegExp, string])[] = [
  [/unsub|abgemeldet|退订|退訂|berhenti/i, "email_unsubscribed"],
  [/bounce/i, "email_bounced"],
  [/complain|spam/i, "email_complained"],
  [/click|klick|点击|點擊|klik/i, "email_clicked"],
  [/open|geöffnet|打开|打開|开启|開啟|dibuka/i, "email_opened"],
  [/deliver|zugestellt|送达|送達|terkirim/i, "email_delivered"],
  [/sen[dt]|gesendet|发送|發送|dikirim/i, "email_sent"],
  [/view|visit|besuch|浏览|瀏覽|kunjungan/i, "page_viewed"],
  [/form|submit|formular|表单|表單|formulir/i, "form_submitted"],
];
