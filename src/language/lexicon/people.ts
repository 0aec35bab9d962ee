/** Who speaks, who is spoken to, and words that only carry politeness. */
export const peopleWords = {
  /** Carries no meaning in a request; allowed everywhere. */
  polite: `ạ | ah | a | à | á | ơi | ui | nhé | nhỉ | nhể | nhở | vậy | thế | đấy | đó | đi | với | giùm | dùm | dạ | dạ vâng | thưa | kính | xin | xin cho |
    cho | cho xin | phiền | làm ơn | vui lòng | hãy | cứ | thì | là | mà | và | luôn | cái | của | những | các | này | kia | ấy | ok | oke | cần | muốn | được không |
    được ko | hỏi | cho hỏi | xin hỏi | hỏi chút | hỏi tí | hỏi tý | cho em hỏi | chào | xin chào | chào bot | hi | hello | alo | a lô | ê | nhanh | ngay | gấp | chút | tí | tý | phát |
    thử | hiện nay | hiện tại | hiện giờ | bây giờ | đến giờ | lúc này | please | pls | plz | for | the | an | of | to | on | is | are | do | does | it | this | that | in | at | kindly | could | would | can you |
    could you | cụ thể | giúp | hộ | giúp cho | đề nghị | kính đề nghị | nhờ | trợ lý | trợ lí | chi tiết | đầy đủ | nào | sao | liền | nghen | hén | hen | nè | nầy | bên | ở | về | ở bên | trong | hả | há | hử |
    quên mất | quên rồi | quên | không nhớ | mong | lại | để | để em | để tôi | để mình | giúp đỡ | được chưa | nhớ | thêm | cùng | cũng | thật | gửi | kính gửi | báo cáo với | tiện | tiện thể | có thể |
    có thể cho | được | vào | lên | ra | mới | thân | mến | chủ tịch | trưởng | phó | bí | sếp | thủ trưởng | bot nhé | bạn nhé | vài | hết | just | now | so | well | dear | hey | need | want | want to | i would like to |
    would like to | i want to | let me | there | has | have | been | was | were | will | be | by | from | me see | up | out | list | so far | right now | tell | tell me | may i | thông tin | nắm | nắm được |
    theo dõi | để theo dõi | cho biết | biết | báo | báo giúp | được biết | nắm tình hình | nhắn | tin nhắn | một | một chút | mấy bác | thanks | thank you | cảm ơn | cám ơn | cảm ơn bot | xin cảm ơn | ad | admin | ha | hè | chớ | chứ | coi | kìa | tê | nớ | răng | rứa | yet | hỉ | bựa ni | đặng | đặng em | mới được`,
  /** The speaker. */
  me: `tôi | em | mình | tớ | ta | cháu | con | chúng tôi | chúng em | chúng mình | chúng ta | bọn em | bọn mình | tụi em | tụi tui | tụi mình | i | my | me | mine | we | our | us | myself | bản thân | cá nhân tôi | bản thân tôi | bản thân em | riêng tôi | phần tôi | phần em | qua | i am | im`,
  title: `đồng chí | đ/c | đồng chí bí thư | đ/c bí thư | đc | dc | bác | anh | chị | cô | chú | thầy | ông | bà | cụ | dì | cậu | mợ | thím | dượng | bạn | bí thư | bác bí thư | anh bí thư | chị bí thư | chú bí thư | cô bí thư | phó bí thư | chi uỷ | mr | mrs | ms | comrade | các bác | các anh | các chị | các cô | các chú | cô chú | anh chị | anh em | các đồng chí | các đ/c | bác trưởng`,
  bot: `bot | con bot | bot nếp | nếp | em bot | bạn bot | cái bot | chatbot | máy | hệ thống | chương trình`,
  people: `mọi người | mn | mng | m.n | cả nhà | ae | anh em | các đồng chí | các đ/c | các đc | các bác | các anh | các chị | các anh chị | anh chị em | bà con | tất cả | tất cả mọi người | toàn thể | toàn chi bộ | cả chi bộ | toàn bộ | cả nhóm | cả tổ |
    đảng viên | các đảng viên | các đv | đv | dv | hội | những người | những ai | ai | những đồng chí | những đ/c | những bác | người | người nào | các thành viên | thành viên | everyone | everybody | all | people | members | those | chúng nó | các cụ | mấy đồng chí | mấy đ/c | mấy bác | mấy người | mấy ông | mấy anh | các đồng chí đảng viên`,
  cell: `chi bộ | cb | chi bộ mình | chi bộ ta | chi bộ em | đảng bộ | tổ đảng | cell | party cell | branch | nhóm | nhóm mình | tổ | đơn vị | cơ quan | cả chi bộ | toàn chi bộ | chi bộ nhà | trong chi bộ | chi bộ tôi | chi bộ chúng ta`,
  collective: `tập thể | tap the | collective | cả tập thể | việc chung | tập thể chi bộ | của chi bộ`,
  kin: `con | cháu | con trai | con gái | con nhỏ | con út | con đầu | thằng bé | thằng nhỏ | bé | bé nhà | con bé | vợ | chồng | bà xã | ông xã | bố | mẹ | ba | má | cha | bu | bố mẹ | ba má | cha mẹ | ông bà | ông nội | bà nội | ông ngoại | bà ngoại | nội | ngoại | bố vợ | mẹ vợ | bố chồng | mẹ chồng | gia đình | người nhà | người thân | nhà em | nhà tôi | nhà mình | ông cụ | bà cụ | ông cụ nhà | bà cụ nhà | ông nhà | bà nhà | anh trai | em gái | chị gái | em trai | các cháu | cháu nội | cháu ngoại | my son | my daughter | my wife | my husband | my mother | my father | my child | my kid | my baby | my mom | my dad | mẹ già | bố già | mạ`,
  thanks: `cảm ơn | cám ơn | cảm ơn nhiều | thanks | thank you | tks | thks | thank | camon | cảm tạ | biết ơn`,
} as const
