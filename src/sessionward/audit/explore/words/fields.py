"""What fields are called."""

from sessionward.audit.explore.lexicon import concept

USERNAME = concept(
    "user name",
    """
    en: username, user name, user id, userid, login name, user, login, account name, member number
    en: patient number, member id, patient id, account, ~username, ~userid, ~loginname, ~loginid, ~uname, ~usr
    en: ~user, ~login, uid, uname, u
    de: benutzername, benutzer, nutzername, benutzerkennung, kennung, anmeldename
    fr: identifiant, nom d utilisateur, utilisateur, nom de compte; es: usuario, nombre de usuario
    pt: usuário, utilizador, nome de usuário, nome de utilizador; it: nome utente, utente
    nl: gebruikersnaam, gebruiker; sv: användarnamn, användare; da: brugernavn, bruger; no: brukernavn, bruker
    fi: käyttäjätunnus, käyttäjänimi, tunnus; pl: nazwa użytkownika, użytkownik, identyfikator
    cs: uživatelské jméno, uživatel, přihlašovací jméno; sk: používateľské meno, užívateľské meno, používateľ
    hu: felhasználónév, felhasználó; ro: utilizator, nume de utilizator, nume utilizator
    hr: korisničko ime, korisnik; sl: uporabniško ime; sr: корисничко име; bg: потребителско име, потребител
    el: όνομα χρήστη, χρήστης; ru: имя пользователя, логин, пользователь
    uk: ім я користувача, логін, користувач; tr: kullanıcı adı, kullanıcı; ar: اسم المستخدم, المستخدم
    he: שם משתמש, משתמש; fa: نام کاربری, کاربر; hi: उपयोगकर्ता नाम, यूज़रनेम; th: ชื่อผู้ใช้, ผู้ใช้
    vi: tên đăng nhập, tên người dùng, tài khoản; id: nama pengguna, pengguna
    zh: 用户名, 账号, 帐号, 用户, 使用者名稱, 帳號, 账户, 登录名
    ja: ユーザー名, ユーザーid, ユーザid, ログインid, アカウント, ユーザー, 会員番号
    ko: 아이디, 사용자, 사용자 이름, 계정; et: kasutajanimi; lv: lietotājvārds
    lt: vartotojo vardas, naudotojo vardas
    """,
)

EMAIL = concept(
    "e-mail",
    """
    en: email, e mail, email address, mail, ~email, ~mail; de: e mail adresse, mailadresse
    fr: courriel, adresse e mail, adresse électronique, mél; es: correo, correo electrónico
    pt: correio eletrónico, endereço de e mail; it: posta elettronica, indirizzo e mail; nl: e mailadres
    sv: e post, epost, e postadress; da: e mailadresse; no: e post, epost, e postadresse
    fi: sähköposti, sähköpostiosoite; pl: adres e mail, adres email; cs: e mailová adresa
    hu: e mail cím, emailcím; ro: adresă de e mail; el: ηλεκτρονικό ταχυδρομείο, διεύθυνση email; bg: имейл
    ru: электронная почта, почта, эл почта; uk: електронна пошта, пошта; tr: e posta, eposta
    ar: البريد الإلكتروني, البريد; he: דואר אלקטרוני, אימייל, דוא ל; fa: ایمیل, پست الکترونیک; hi: ईमेल
    th: อีเมล; vi: thư điện tử, địa chỉ email; zh: 邮箱, 电子邮件, 电子邮箱, 電子郵件, 信箱
    ja: メール, メールアドレス, eメール; ko: 이메일, 메일; lt: el paštas; lv: e pasts
    """,
)

PASSWORD = concept(
    "password",
    """
    en: password, passphrase, pass, passwd, pwd, pw, pin, p, ~password, ~passwd, ~passwort, ~pwd, ~pass
    de: passwort, kennwort; fr: mot de passe, mdp; es: contraseña, clave
    pt: senha, palavra passe, palavra chave; it: parola d ordine, codice di accesso; nl: wachtwoord
    sv: lösenord; da: adgangskode, kodeord; no: passord; fi: salasana; pl: hasło, hasła; cs: heslo, hesla
    sk: heslo, hesla; hu: jelszó, jelszav*; ro: parolă, parola; hr: lozinka, lozinku, zaporka; sl: geslo
    sr: лозинка; bg: парола; el: κωδικός, κωδικός πρόσβασης, συνθηματικό; ru: пароль, пароля; uk: пароль
    tr: şifre, parola, sifre, şifreniz; ar: كلمة المرور, كلمة السر; he: סיסמה, סיסמא
    fa: رمز عبور, گذرواژه, کلمه عبور; hi: पासवर्ड; th: รหัสผ่าน; vi: mật khẩu; id: kata sandi, sandi
    zh: 密码, 密碼, 口令; ja: パスワード, 暗証番号; ko: 비밀번호, 암호; et: parool, salasõna; lv: parole
    lt: slaptažodis; ca: contrasenya; eu: pasahitza; is: lykilorð
    """,
)

CURRENT = concept(
    "current",
    """
    en: current, old, existing, present, previous, ~curpass, ~currentpass, ~oldpass, ~oldpw, ~curpw
    en: ~currentpw, ~existingpass, ~oldpwd, ~curpwd, ~currentpwd, ~origpass, ~prevpass
    de: aktuell*, alt, altes, altem, bisherig*, derzeitig*, momentan*, jetzig*
    fr: actuel*, ancien, ancienne, courant; es: actual, antigua, anterior, vigente, actuales
    pt: atual, actual, antiga, anterior; it: attuale, corrente, vecchia, precedente; nl: huidig*, oud, oude
    sv: nuvarande, gammalt, befintlig*; da: nuværende, gammel, gamle; no: nåværende, gammelt, gjeldende
    fi: nykyinen, vanha, nykyise*; pl: obecn*, aktualn*, stare, bieżąc*, dotychczasow*
    cs: současn*, stávající, staré, aktuáln*; sk: aktuáln*, súčasn*, staré; hu: jelenlegi, régi, mostani
    ro: actual*, curent*, veche, vechea; hr: trenutn*, stara, staru; sl: trenutn*, staro
    bg: текущ*, стар*, настоящ*; el: τρέχον*, παλιό*, παλαιό*, τρέχων, υπάρχων
    ru: текущ*, стар*, действующ*, нынешн*; uk: поточн*, стар*; tr: mevcut, eski, şu anki, şimdiki, geçerli
    ar: الحالية, القديمة, الحالي, القديم; he: נוכחית, הנוכחית, ישנה, הישנה, נוכחי; fa: فعلی, قدیمی, کنونی
    hi: वर्तमान, मौजूदा, पुराना; th: ปัจจุบัน, เดิม, เก่า; vi: hiện tại, cũ; id: saat ini, lama, sekarang
    ms: semasa; zh: 当前, 原密码, 旧密码, 现在, 目前, 原密碼, 舊密碼, 目前密碼, 旧, 原
    ja: 現在, 旧, 今の, 古い; ko: 현재, 기존, 이전; et: praegune, vana; lv: pašreizēj*, vecā
    lt: dabartin*, sen*; ca: actual, antiga
    """,
)

NEW = concept(
    "new",
    """
    en: new, create, choose, ~newpass, ~newpw, ~newpwd, ~passnew, ~password1, ~pass1
    de: neu, neue, neues, neuen; fr: nouveau, nouvelle; es: nueva, nuevo; pt: nova, novo; it: nuova, nuovo
    nl: nieuw, nieuwe; sv: nytt, ny, nya; da: ny, nyt, nye; no: ny, nytt, nye; fi: uusi, uuden, uutta
    pl: nowe, nowy, nowego; cs: nové, nový, nového; sk: nové, nový; hu: új; ro: nouă, noua, nou
    hr: nova, novu, novi; sl: novo, nov; bg: нов, нова; el: νέος, νέο, νέου, νέα; ru: новый, нового, новые
    uk: новий, нового; tr: yeni; ar: الجديدة, جديدة, جديد, الجديد; he: חדשה, החדשה, חדש; fa: جدید, تازه
    hi: नया, नए, नई; th: ใหม่; vi: mới; id: baru; zh: 新; ja: 新しい, 新規, 新パスワード; ko: 새, 신규, 새로운
    et: uus, uue; lv: jaun*; lt: nauj*; ca: nova, nou
    """,
)

REPEAT = concept(
    "repeat",
    """
    en: repeat, confirm, confirmation, again, verify, retype, re enter, reenter, re type, once more
    en: second time, verification, ~confirm, ~repeat, ~retype, ~again, ~verify, ~password2, ~pass2, ~chk
    en: ~passchk, ~confpass, ~rpass, ~repass, ~verif; de: wiederhol*, bestätig*, erneut, nochmals, noch einmal
    fr: confirm*, répét*, encore, à nouveau, ressaisi*, vérifi*
    es: confirm*, repet*, repite, de nuevo, otra vez, verifi*; pt: confirm*, repet*, repita, novamente
    it: conferm*, ripet*, ripeti; nl: bevestig*, herhaal*, nogmaals, opnieuw; sv: bekräfta, upprepa, igen
    da: bekræft, gentag, igen; no: bekreft, gjenta, igjen; fi: vahvista, toista, uudelleen, vahvistus
    pl: potwierdź, powtórz, ponownie, potwierdzenie; cs: potvr*, znovu, zopakuj*, ověř*
    sk: potvr*, znova, zopakuj*; hu: megerősít*, ismét*, újra, mégegyszer; ro: confirm*, repet*, din nou
    hr: potvrd*, ponov*; sl: potrd*, ponov*; bg: потвърд*, повтор*, отново
    el: επιβεβαίωση, επανάληψη, ξανά, επαλήθευση; ru: подтверд*, повтор*, еще раз, снова
    uk: підтверд*, повтор*, ще раз; tr: tekrar, onayla, doğrula, yeniden; ar: تأكيد, إعادة, أكد, كرر
    he: אימות, אשר, שוב, חזור; fa: تکرار, تایید, تأیید, دوباره; hi: पुष्टि, दोबारा, फिर से
    th: ยืนยัน, อีกครั้ง, ซ้ำ; vi: xác nhận, nhập lại, lại; id: konfirmasi, ulangi, lagi
    zh: 确认, 再次, 重复, 確認, 再输入, 重新输入; ja: 確認, もう一度, 再入力; ko: 확인, 다시, 재입력
    et: korda, kinnita; lv: apstiprin*, atkārto*; lt: patvirtin*, pakarto*
    """,
)

SEARCH = concept(
    "search",
    """
    en: search, find, query, lookup, filter, ~search, q; de: suche, suchen, finden
    fr: recherche, rechercher, chercher; es: buscar, búsqueda
    pt: buscar, pesquisar, pesquisa, procurar, busca; it: cerca, ricerca; nl: zoeken, zoek; sv: sök
    da: søg, søgning; no: søk; fi: haku, hae, etsi; pl: szukaj, wyszukaj, wyszukiwanie
    cs: hledat, vyhledat, hledání; sk: hľadať; hu: keresés, keres; ro: căutare, caută; hr: traži, pretraži
    bg: търсене, търси; el: αναζήτηση; ru: поиск, искать, найти; uk: пошук, знайти; tr: ara, arama
    ar: بحث, ابحث, البحث; he: חיפוש, חפש; fa: جستجو; hi: खोज, खोजें; th: ค้นหา; vi: tìm kiếm, tìm
    id: cari, pencarian; zh: 搜索, 查询, 搜尋, 查找, 检索; ja: 検索; ko: 검색; et: otsi; lv: meklēt
    lt: ieškoti, paieška
    """,
)

NEWSLETTER = concept(
    "newsletter",
    """
    en: newsletter, subscribe, mailing list, stay updated, updates, notify me, ~newsletter, ~subscribe
    en: ~mailinglist; de: newsletter, abonnieren, rundbrief
    fr: newsletter, infolettre, s abonner, lettre d information; es: boletín, suscribirse, suscríbete
    pt: boletim, subscrever, assinar, inscreva se; it: newsletter, iscriviti alla newsletter; nl: nieuwsbrief
    sv: nyhetsbrev, prenumerera; da: nyhedsbrev; no: nyhetsbrev; fi: uutiskirje, tilaa
    pl: newsletter, subskrybuj, biuletyn; cs: odběr, novinky; hu: hírlevél, feliratkozás
    ro: abonare, abonează te; el: ενημερωτικό δελτίο; ru: подписаться, рассылка, подписка
    tr: bülten, abone ol; ar: النشرة, اشترك في; he: ניוזלטר, עדכונים; zh: 订阅, 訂閱
    ja: メルマガ, 購読, メールマガジン; ko: 뉴스레터, 구독
    """,
)

TERMS = concept(
    "terms",
    """
    en: terms, conditions, privacy policy, i agree, i accept, consent
    de: agb, nutzungsbedingungen, datenschutz*, einverstanden; fr: conditions, j accepte, confidentialité
    es: términos, condiciones, acepto, privacidad; pt: termos, aceito, privacidade
    it: termini, condizioni, accetto, privacy; nl: voorwaarden, akkoord
    pl: regulamin, akceptuję, zgoda, zgadzam; sv: villkor; ru: условия, согласен, соглашение
    tr: şartlar, koşullar, kabul ediyorum; zh: 条款, 同意, 协议; ja: 規約, 同意; ko: 약관, 동의
    ar: الشروط, أوافق; cs: podmínky, souhlasím; hu: feltételek, elfogadom; da: vilkår, betingelser
    fi: ehdot, hyväksyn; el: όροι
    """,
)

SHOW = concept(
    "show the password",
    """
    en: show, hide, reveal, toggle visibility, show password, hide password, ~showpass, ~hidepass, ~togglepass
    en: ~reveal, ~eye, ~visibility; de: anzeigen, verbergen, ausblenden, einblenden; fr: afficher, masquer
    es: mostrar, ocultar; pt: mostrar, ocultar, exibir; it: mostra, nascondi; nl: tonen, verbergen, weergeven
    sv: visa, dölj; da: vis, skjul; no: vis, skjul; fi: näytä, piilota; pl: pokaż, ukryj; cs: zobrazit, skrýt
    hu: mutat*, elrejt*; ru: показать, скрыть; uk: показати, приховати; tr: göster, gizle; ar: إظهار, إخفاء
    he: הצג, הסתר; zh: 显示, 隐藏, 顯示, 隱藏; ja: 表示, 非表示; ko: 표시, 숨기기
    """,
)
