"""What apps say back: refusals, questions in between, banners, confirmations."""

from sessionward.audit.explore.lexicon import concept

WRONG = concept(
    "wrong",
    """
    en: incorrect, invalid, wrong, failed, failure, denied, not recognized, not recognised, does not match
    en: do not match, did not match, couldn t find, could not find, unknown user, no account, try again
    en: not valid, error, unable to, not correct, bad credentials, mismatch, unauthorized, not found
    en: doesn t exist, does not exist, not authorized
    de: falsch*, ungültig*, fehlgeschlagen, nicht korrekt, fehler, stimm* nicht, unbekannt*, inkorrekt*
    de: verweigert
    fr: incorrect*, invalide*, erroné*, échec, échoué, erreur, inconnu*, refusé, non valide, ne correspond*
    es: incorrect*, inválid*, errónea, erróneo, fallid*, error, no válid*, no coincide*, denegado, desconocido
    pt: incorret*, inválid*, errad*, falhou, falha, erro, não confere*, desconhecido
    it: errat*, non valid*, non corrett*, errore, fallit*, sbagliat*, sconosciuto
    nl: onjuist*, ongeldig*, mislukt, fout*, verkeerd*, niet correct, onbekend*
    sv: fel, felaktig*, ogiltig*, misslyckades; da: forkert*, ugyldig*, mislykkedes, fejl
    no: feil, ugyldig*, mislyktes; fi: väärä, virheelli*, epäonnistui, virhe, väärin
    pl: nieprawidłow*, błędn*, niepoprawn*, błąd, nie powiodło, złe
    cs: nesprávn*, neplatn*, chybn*, špatn*, selhalo, chyba, neúspěšn*; sk: nesprávn*, neplatn*, zl*, chyba
    hu: hibás, helytelen, érvénytelen, rossz, sikertelen, hiba
    ro: incorect*, greșit*, invalid*, eșuat*, eroare; hr: pogrešn*, neispravn*, nevažeć*, netočn*, greška
    bg: грешн*, невалидн*, неправилн*, неуспешн*
    el: λάθος, λανθασμέν*, άκυρ*, εσφαλμέν*, μη έγκυρ*, απέτυχε, σφάλμα
    ru: неверн*, неправильн*, ошибк*, ошибочн*, не найден, не удалось, недействительн*, отказано
    uk: невірн*, неправильн*, помилк*, хибн*; et: vale, vigane; tr: hatalı, yanlış, geçersiz, başarısız, hata
    ar: خاطئة, غير صحيح, غير صحيحة, خطأ, غير صالح, فشل, غير صالحة
    he: שגוי, שגויה, שגויים, לא נכון, נכשלה, שגיאה, אינם נכונים
    fa: اشتباه, نادرست, نامعتبر, خطا, ناموفق, صحیح نیست; hi: गलत, अमान्य, त्रुटि, विफल
    th: ไม่ถูกต้อง, ผิด, ล้มเหลว, ผิดพลาด; vi: không đúng, sai, không hợp lệ, thất bại, không chính xác, lỗi
    id: salah, tidak valid, gagal, tidak cocok; zh: 错误, 不正确, 无效, 失败, 有误, 錯誤, 不存在, 無效, 不匹配
    ja: 正しくありません, 間違, 誤り, 無効, 失敗, エラー, 一致しません, 正しくない, 違います
    ko: 잘못, 올바르지, 틀렸, 일치하지, 실패, 오류, 유효하지
    """,
)

MISSING_PAGE = concept(
    "a page is missing",
    """
    en: page not found, page doesn t exist, page does not exist, page could not be found, couldn t find that page
    en: couldn t find this page, couldn t find the page, page can t be found, page isn t available, 404 not found
    de: seite nicht gefunden, seite wurde nicht gefunden, seite existiert nicht, seite konnte nicht gefunden werden
    fr: page introuvable, page non trouvée, page n existe pas, page inconnue
    es: página no encontrada, página no existe, página inexistente
    pt: página não encontrada, página não existe; it: pagina non trovata, pagina non esiste, pagina inesistente
    nl: pagina niet gevonden, pagina bestaat niet; sv: sidan hittades inte, sidan finns inte
    da: siden blev ikke fundet, siden findes ikke; no: siden ble ikke funnet, siden finnes ikke
    fi: sivua ei löytynyt, sivua ei löydy; pl: nie znaleziono strony, strona nie istnieje
    cs: stránka nenalezena, stránka nebyla nalezena, stránka neexistuje; sk: stránka sa nenašla
    hu: az oldal nem található, oldal nem létezik; ro: pagina nu a fost găsită, pagina nu există
    hr: stranica nije pronađena, stranica ne postoji; bg: страницата не е намерена, страницата не съществува
    el: η σελίδα δεν βρέθηκε, η σελίδα δεν υπάρχει; ru: страница не найдена, страница не существует
    uk: сторінку не знайдено, сторінка не існує; et: lehte ei leitud; tr: sayfa bulunamadı
    ar: الصفحة غير موجودة; he: הדף לא נמצא; fa: صفحه یافت نشد, صفحه پیدا نشد; hi: पृष्ठ नहीं मिला
    th: ไม่พบหน้า; vi: không tìm thấy trang, trang không tồn tại; id: halaman tidak ditemukan
    zh: 页面不存在, 找不到页面, 頁面不存在, 找不到頁面; ja: ページが見つかりません; ko: 페이지를 찾을 수 없
    """,
)

HOLDS_OFF = concept(
    "holds off",
    """
    en: too many, locked, lockout, blocked, temporarily, rate limit, try again later, try again in, slow down
    en: suspended, throttled; de: zu viele, gesperrt, vorübergehend, später erneut, blockiert
    fr: trop de, verrouillé, bloqué, plus tard
    es: demasiados, demasiadas, bloquead*, más tarde, temporalmente
    pt: muitas tentativas, bloquead*, mais tarde; it: troppi, bloccat*, più tardi, temporaneamente
    nl: te veel, geblokkeerd, vergrendeld, later opnieuw; sv: för många, är låst, har låsts, spärrat
    da: for mange, er låst, spærret; no: for mange, er låst; fi: liian monta, lukittu
    pl: zbyt wiele, za dużo, zablokowan*, później; cs: příliš mnoho, zablokován*, později
    hu: túl sok, zárolva, később; ro: prea multe, blocat*; ru: слишком много, заблокирован*, позже
    uk: забагато, заблокован*; el: πάρα πολλές, κλειδωμέν*; tr: çok fazla, kilitlendi, daha sonra, engellendi
    ar: محاولات كثيرة, مقفل, محظور, لاحقا; he: יותר מדי, נעול, חסום
    zh: 次数过多, 过于频繁, 锁定, 稍后, 太多, 鎖定; ja: ロック, 回数, しばらく
    ko: 너무 많, 잠겼, 잠금, 나중에; vi: quá nhiều, bị khóa; th: มากเกินไป, ถูกล็อก
    id: terlalu banyak, terkunci, diblokir; hi: बहुत अधिक, लॉक; fa: بیش از حد, قفل, مسدود
    """,
)

EXPIRED = concept(
    "a new password is demanded",
    """
    en: password has expired, password expired, must change your password, must change password
    en: change your password, required to change, need to change your password, set a new password
    en: choose a new password, update your password
    de: passwort abgelaufen, passwort ist abgelaufen, passwort ändern, neues passwort
    fr: mot de passe a expiré, mot de passe expiré, nouveau mot de passe, changer votre mot de passe
    es: contraseña ha caducado, nueva contraseña, contraseña ha expirado, cambiar su contraseña
    pt: senha expirou, nova senha, alterar a senha, nova palavra passe
    it: password scaduta, password è scaduta, nuova password; nl: wachtwoord is verlopen, nieuw wachtwoord
    sv: nytt lösenord; da: ny adgangskode; no: nytt passord; fi: uusi salasana, vanhentunut
    pl: hasło wygasło, nowe hasło; cs: heslo vypršelo, nové heslo; hu: új jelszó, lejárt
    ro: parola a expirat, parolă nouă; ru: срок действия пароля, новый пароль, сменить пароль
    uk: новий пароль; el: νέος κωδικός; tr: yeni şifre, şifrenizin süresi, yeni parola
    ar: كلمة مرور جديدة, انتهت صلاحية; he: סיסמה חדשה; fa: رمز عبور جدید; hi: नया पासवर्ड; th: รหัสผ่านใหม่
    vi: mật khẩu mới; id: kata sandi baru; zh: 新密码, 密码已过期, 修改密码, 新密碼
    ja: 新しいパスワード, 有効期限; ko: 새 비밀번호, 만료
    """,
)

CAPTCHA = concept(
    "captcha",
    """
    en: captcha, not a robot, are you human, verify you are human, security check, type the characters
    en: ~captcha, letters in the image, ~turnstile, ~hcaptcha, ~recaptcha
    de: kein roboter, sicherheitsabfrage; fr: pas un robot; es: no soy un robot; pt: não sou um robô
    it: non sono un robot; nl: geen robot; pl: nie jestem robotem; ru: не робот, капча, код с картинки
    uk: не робот; tr: robot değilim; ar: لست برنامج روبوت
    zh: 验证码图片, 图形验证码, 我不是机器人, 圖形驗證碼; ja: ロボットではありません, 画像認証
    ko: 로봇이 아닙니다, 자동입력 방지
    """,
)

CODE = concept(
    "one-time code",
    """
    en: verification code, one time code, one time password, security code, authentication code, authenticator
    en: otp, totp, two factor, 2fa, mfa, two step, passcode, code, pin code, 6 digit, six digit, ~otp, ~totp
    en: ~twofactor, ~2fa, ~mfa, ~verificationcode, ~authcode, ~securitycode, ~onetime, ~authenticator, ~tfa
    de: bestätigungscode, sicherheitscode, einmalpasswort, einmalcode, verifizierungscode, zwei faktor
    de: prüfcode
    fr: code de vérification, code de sécurité, code à usage unique, double authentification
    fr: code d authentification
    es: código, código de verificación, código de seguridad, doble factor, dos pasos
    pt: código, código de verificação; it: codice, codice di verifica, due fattori
    nl: verificatiecode, beveiligingscode, twee stap*, code
    sv: verifieringskod, säkerhetskod, engångskod, kod; da: bekræftelseskode, engangskode, kode
    no: engangskode, kode; fi: vahvistuskoodi, kertakäyttö*, koodi; pl: kod weryfikacyjny, kod, jednorazow*
    cs: ověřovací kód, kód; sk: kód; hu: ellenőrző kód, kód, egyszer használatos; ro: cod de verificare, cod
    hr: kod, kôd; el: κωδικός επαλήθευσης; ru: код подтверждения, код, одноразовый, двухфакторн*
    uk: код підтвердження, код; tr: doğrulama kodu, kod, güvenlik kodu, iki adımlı
    ar: رمز التحقق, رمز التأكيد, الرمز; he: קוד אימות, קוד; fa: کد تایید, کد یکبار مصرف, کد
    hi: सत्यापन कोड, कोड, ओटीपी; th: รหัสยืนยัน, รหัส otp; vi: mã xác minh, mã xác thực, mã
    id: kode verifikasi, kode; zh: 验证码, 驗證碼, 动态码, 双重验证
    ja: 認証コード, 確認コード, ワンタイム, 二段階認証; ko: 인증 코드, 인증번호, 보안 코드
    """,
)

OTHER_CODE = concept(
    "another kind of code",
    """
    en: postal code, postcode, zip, zip code, promo code, coupon, voucher, discount, country code, area code
    en: invite code, invitation, product code, color code, source code, referral, ~postal, ~zipcode, ~postcode
    en: ~promo, ~coupon, ~voucher; de: postleitzahl, gutschein*, rabatt*; fr: code postal, code promo
    es: código postal, cupón; pt: código postal, cupom; it: codice postale, codice fiscale, buono
    nl: kortingscode; pl: kod pocztowy, kod rabatowy; ru: почтовый, промокод
    """,
)

RESEND = concept(
    "send another code",
    """
    en: resend, send again, another code, new code, did not receive, didn t receive, ~resend
    de: erneut senden, neuen code; fr: renvoyer, nouveau code; es: reenviar, otro código; pt: reenviar
    it: invia di nuovo, reinvia; nl: opnieuw verzenden; pl: wyślij ponownie
    ru: отправить снова, повторно, еще раз; tr: tekrar gönder, yeniden gönder; zh: 重新发送, 重发
    ja: 再送信, 再送; ko: 재전송, 다시 보내기; ar: إعادة إرسال; sv: skicka igen; cs: poslat znovu
    hu: újraküldés
    """,
)

SKIP = concept(
    "skip",
    """
    en: skip, not now, later, maybe later, remind me later, no thanks, no thank you, got it, dismiss, close
    en: don t show again, skip for now, do this later, ask me later, start using, take me, let s go
    en: get started, done, finish; de: überspringen, später, nicht jetzt, nein danke, verstanden, schließen
    fr: passer, plus tard, pas maintenant, ignorer, non merci, compris, fermer
    es: omitir, ahora no, más tarde, no gracias, entendido, cerrar, saltar
    pt: pular, agora não, mais tarde, não obrigado, entendi, fechar, ignorar
    it: salta, non ora, più tardi, no grazie, chiudi
    nl: overslaan, niet nu, later, nee bedankt, begrepen, sluiten; sv: hoppa över, inte nu, senare, stäng
    da: spring over, ikke nu, senere, luk; no: hopp over, ikke nå, senere, lukk
    fi: ohita, ei nyt, myöhemmin, sulje; pl: pomiń, nie teraz, później, nie dziękuję, zamknij
    cs: přeskočit, teď ne, později, zavřít; sk: preskočiť, neskôr; hu: kihagyás, most nem, később, bezárás
    ro: omite, nu acum, mai târziu, închide; hr: preskoči, kasnije, zatvori; bg: пропусни, по късно, затвори
    el: παράλειψη, όχι τώρα, αργότερα, κλείσιμο
    ru: пропустить, не сейчас, позже, нет спасибо, понятно, закрыть
    uk: пропустити, не зараз, пізніше, закрити
    tr: atla, şimdi değil, daha sonra, hayır teşekkürler, anladım, kapat
    ar: تخطي, ليس الآن, لاحقا, لا شكرا, إغلاق; he: דלג, לא עכשיו, מאוחר יותר, סגור
    fa: رد کردن, فعلا نه, بعدا, بستن; hi: छोड़ें, अभी नहीं, बाद में, बंद करें; th: ข้าม, ไว้ทีหลัง, ปิด
    vi: bỏ qua, để sau, đóng; id: lewati, nanti, tutup; zh: 跳过, 以后再说, 稍后, 关闭, 暂不, 略過, 知道了
    ja: スキップ, 後で, あとで, 今はしない, 閉じる; ko: 건너뛰기, 나중에, 닫기, 다음에
    """,
)

YES = concept(
    "yes",
    """
    en: yes, ok, okay, confirm, i agree, agree, accept, allow, authorize, authorise, approve, i accept
    en: understood; de: ja, ok, bestätigen, zustimmen, akzeptieren, erlauben, einverstanden
    fr: oui, ok, confirmer, accepter, autoriser, j accepte
    es: sí, confirmar, aceptar, permitir, autorizar, acepto
    pt: sim, confirmar, aceitar, permitir, autorizar, concordo
    it: sì, conferma, accetta, consenti, accetto, autorizza; nl: ja, bevestigen, akkoord, accepteren, toestaan
    sv: ja, bekräfta, godkänn, acceptera; da: ja, bekræft, accepter, godkend; no: ja, bekreft, godta
    fi: kyllä, vahvista, hyväksy; pl: tak, potwierdź, akceptuję, zgadzam się, zezwól
    cs: ano, potvrdit, souhlasím, povolit; sk: áno, potvrdiť, súhlasím
    hu: igen, megerősítés, elfogadom, elfogadás; ro: da, confirmă, accept, confirmare
    hr: da, potvrdi, prihvati; sl: da, potrdi; bg: да, потвърди, приемам; el: ναι, επιβεβαίωση, αποδοχή
    ru: да, подтвердить, принять, согласен, разрешить; uk: так, підтвердити, прийняти
    tr: evet, onayla, kabul et, tamam, kabul ediyorum; ar: نعم, تأكيد, موافق, أوافق, قبول
    he: כן, אישור, אשר, אני מסכים; fa: بله, تایید, تأیید, موافقم; hi: हाँ, पुष्टि करें, स्वीकार करें
    th: ใช่, ยืนยัน, ตกลง, ยอมรับ; vi: có, xác nhận, đồng ý, chấp nhận; id: ya, konfirmasi, setuju, terima
    zh: 是, 确定, 确认, 同意, 接受, 確定, 確認, 允许; ja: はい, 確認, 同意する, 許可, 承諾
    ko: 예, 확인, 동의, 허용, 네
    """,
)

NO = concept(
    "no",
    """
    en: no, cancel, back, go back, stay, decline, deny, abort; de: nein, abbrechen, zurück, ablehnen
    fr: non, annuler, retour; es: no, cancelar, volver, atrás, rechazar; pt: não, cancelar, voltar, recusar
    it: no, annulla, indietro, rifiuta; nl: nee, annuleren, terug, weigeren; sv: nej, avbryt, tillbaka
    da: nej, annuller, tilbage; no: nei, avbryt, tilbake; fi: ei, peruuta, takaisin
    pl: nie, anuluj, wstecz, odrzuć; cs: ne, zrušit, storno, zpět; sk: nie, zrušiť, späť
    hu: nem, mégse, vissza; ro: nu, anulează, înapoi, renunță; hr: ne, odustani, natrag; bg: не, отказ, назад
    el: όχι, ακύρωση, πίσω; ru: нет, отмена, назад, отклонить; uk: ні, скасувати, назад
    tr: hayır, iptal, vazgeç, geri; ar: لا, إلغاء, رجوع; he: לא, ביטול, בטל, חזרה
    fa: خیر, نه, لغو, انصراف, بازگشت; hi: नहीं, रद्द करें, वापस; th: ไม่, ยกเลิก, กลับ
    vi: không, hủy, hủy bỏ, quay lại; id: tidak, batal, kembali; zh: 否, 取消, 返回, 拒绝
    ja: いいえ, キャンセル, 戻る; ko: 아니요, 취소, 뒤로, 아니오
    """,
)

COOKIES = concept(
    "cookies",
    """
    en: cookie, cookies, consent, gdpr, privacy preferences, ~cookie, ~consent, ~gdpr, ~cmp, ~onetrust
    en: ~didomi, ~usercentrics; de: datenschutzeinstellungen; el: cookies; pl: ciasteczka, ciasteczek
    cs: soubory cookie; hu: sütik, süti; ru: файлы cookie, куки; uk: файли cookie
    tr: çerez, çerezler, çerezleri; ar: ملفات تعريف الارتباط, الكوكيز; he: עוגיות, קובצי; fa: کوکی
    hi: कुकी, कुकीज़; th: คุกกี้; zh: 曲奇, 小型文字档案; ja: クッキー, ククキー; ko: 쿠키
    fi: evästeet, evästeitä; et: küpsised; lv: sīkdatnes; lt: slapukai, slapukus; is: vafrakökur
    bg: бисквитки; hr: kolačiće, kolačići; sl: piškotke, piškotki
    """,
)

REJECT = concept(
    "reject",
    """
    en: reject, reject all, decline, decline all, deny, refuse, refuse all, only necessary, necessary only
    en: essential only, only essential, continue without accepting, disagree, use necessary cookies only
    en: required only; de: ablehnen, alle ablehnen, nur notwendige, nur erforderliche, nur essenzielle
    fr: refuser, tout refuser, continuer sans accepter
    es: rechazar, rechazar todo, rechazar todas, solo necesarias
    pt: recusar, rejeitar, rejeitar tudo, recusar tudo, apenas necessários
    it: rifiuta, rifiuta tutto, rifiuta tutti, solo necessari
    nl: weigeren, alles weigeren, afwijzen, alleen noodzakelijke
    sv: avvisa, neka, neka alla, endast nödvändiga; da: afvis, afvis alle, kun nødvendige
    no: avvis, avvis alle, kun nødvendige; fi: hylkää, hylkää kaikki, vain välttämättömät
    pl: odrzuć, odrzuć wszystkie, tylko niezbędne; cs: odmítnout, odmítnout vše, jen nezbytné; sk: odmietnuť
    hu: elutasítás, elutasítom, csak a szükségesek; ro: respinge, refuz, doar necesare; hr: odbij, samo nužni
    el: απόρριψη, απόρριψη όλων; ru: отклонить, отклонить все, только необходимые
    uk: відхилити, відхилити всі; tr: reddet, tümünü reddet; ar: رفض, رفض الكل; he: דחה, דחיית הכל, דחה הכל
    fa: رد کردن; zh: 拒绝, 全部拒绝, 仅必要, 拒絕; ja: 拒否, すべて拒否, 必要なもののみ
    ko: 거부, 모두 거부, 필수만; vi: từ chối; th: ปฏิเสธ, ปฏิเสธทั้งหมด; id: tolak, tolak semua
    """,
)

ACCEPT = concept(
    "accept",
    """
    en: accept, accept all, accept cookies, accept all cookies, allow all, allow cookies, agree, i agree, ok
    en: okay, got it, i understand, understood, agree and close, accept and close, that s ok, allow
    de: akzeptieren, alle akzeptieren, zustimmen, einverstanden, verstanden, annehmen, alle annehmen
    fr: accepter, tout accepter, j accepte, ok, d accord, compris
    es: aceptar, aceptar todo, aceptar todas, acepto, de acuerdo
    pt: aceitar, aceitar tudo, aceitar todos, aceito, concordo, entendi
    it: accetta, accetta tutto, accetta tutti, accetto, ho capito
    nl: accepteren, alles accepteren, akkoord, accepteer, begrepen
    sv: acceptera, acceptera alla, godkänn, godkänn alla; da: accepter, accepter alle, tillad alle
    no: godta, godta alle, aksepter; fi: hyväksy, hyväksy kaikki
    pl: akceptuję, akceptuj, zaakceptuj, zgadzam się, zaakceptuj wszystkie
    cs: přijmout, přijmout vše, souhlasím; sk: prijať, prijať všetky, súhlasím
    hu: elfogadom, elfogadás, rendben, összes elfogadása; ro: accept, acceptă, de acord
    hr: prihvati, prihvaćam, prihvati sve; el: αποδοχή, αποδοχή όλων, συμφωνώ; bg: приемам, съгласен
    ru: принять, принять все, согласен, понятно, хорошо; uk: прийняти, прийняти всі, погоджуюсь
    tr: kabul et, tümünü kabul et; ar: قبول, قبول الكل, موافق, أوافق; he: אישור, מסכים, קבל, אשר הכל
    fa: پذیرفتن, قبول, موافقم; zh: 接受, 全部接受, 同意, 我同意, 知道了
    ja: 同意, 同意する, 許可, すべて許可, 承諾, 受け入れる; ko: 동의, 모두 동의, 수락, 허용
    vi: chấp nhận, đồng ý; th: ยอมรับ, ยอมรับทั้งหมด; id: terima, terima semua, setuju
    """,
)
