"""What the controls are called that let people in and out.

Languages are named by ISO 639-1. Phrases that mean two things (Polish "dalej", German "abmelden") stand where a
control of that name most often leads.
"""

from sessionward.audit.explore.lexicon import concept

LOGIN = concept(
    "login",
    """
    en: log in, login, sign in, signin, log on, logon, sign on, log me in, member login, patient login
    en: staff login, ~login, ~logon, ~signin, ~signon
    de: anmelden, anmeldung, einloggen, login, zur anmeldung
    fr: connexion, se connecter, connectez vous, s identifier
    es: iniciar sesión, inicia sesión, inicio de sesión, acceder, entrar, ingresar, ingreso, acceso
    es: identificarse; pt: entrar, iniciar sessão, fazer login, acessar, aceder, acesso
    it: accedi, accesso, entra; nl: inloggen, aanmelden, log in; sv: logga in, inloggning; da: log ind, log på
    no: logg inn, logg på, pålogging; nb: logg inn
    fi: kirjaudu, kirjaudu sisään, sisäänkirjautuminen, kirjautuminen; is: innskráning, skrá inn
    pl: zaloguj, zaloguj się, logowanie, zaloguj sie; cs: přihlásit, přihlásit se, přihlášení
    sk: prihlásiť, prihlásiť sa, prihlásenie; sl: prijava, prijavi se; hr: prijava, prijavi se, prijavite se
    sr: пријава, пријави се, prijava; hu: bejelentkezés, belépés, bejelentkez*
    ro: autentificare, conectare, conectați vă, intră în cont, autentifica*; bg: вход, влез, влизане
    el: σύνδεση, είσοδος, συνδεθείτε; ru: войти, вход, авторизация, авторизоваться
    uk: увійти, вхід, ввійти, авторизація; be: увайсці, уваход; tr: giriş, giriş yap, oturum aç, oturum açın
    az: daxil ol, giriş; et: logi sisse, sisselogimine, sisene; lv: ieiet, pieslēgties, pierakstīties, ienākt
    lt: prisijungti, prisijunkite; ca: inicia la sessió, iniciar sessió, entra; eu: hasi saioa
    gl: iniciar sesión; ar: تسجيل الدخول, دخول, الدخول, سجل الدخول, تسجيل دخول
    he: התחברות, כניסה, התחבר, היכנס, כניסה למערכת; fa: ورود, وارد شوید, ورود به سیستم, ورود به حساب
    ur: لاگ ان, لاگ ان کریں, سائن ان; hi: लॉग इन, लॉगिन, लॉग इन करें, साइन इन, साइन इन करें, प्रवेश
    bn: লগ ইন, লগইন, সাইন ইন; ta: உள்நுழைக, உள்நுழை; th: เข้าสู่ระบบ, ล็อกอิน, ลงชื่อเข้าใช้; vi: đăng nhập
    id: masuk, log masuk; ms: log masuk; zh: 登录, 登入, 登陆, 登錄, 登入系統, 登录系统
    ja: ログイン, サインイン, ログオン; ko: 로그인, 로그온; sw: ingia; tl: mag log in
    """,
)

LOGOUT = concept(
    "logout",
    """
    en: log out, logout, exit, quit, sign out, signout, log off, logoff, sign off, signoff, log me out
    en: exit session, end session, ~logout, ~logoff, ~signout, ~signoff, ~signingout, ~endsession
    de: abmelden, abmeldung, ausloggen, logout, sitzung beenden
    fr: déconnexion, se déconnecter, déconnecter, deconnexion
    es: cerrar sesión, cierra sesión, cerrar la sesión, salir, desconectar, desconectarse, finalizar sesión
    pt: sair, terminar sessão, encerrar sessão, fazer logout, desconectar
    it: esci, disconnetti, disconnettiti, uscita; nl: uitloggen, afmelden, log uit; sv: logga ut, utloggning
    da: log ud, log af; no: logg ut, logg av, utlogging; fi: kirjaudu ulos, uloskirjautuminen, uloskirjaus
    is: útskráning, skrá út; pl: wyloguj, wyloguj się, wylogowanie; cs: odhlásit, odhlásit se, odhlášení
    sk: odhlásiť, odhlásiť sa, odhlásenie; sl: odjava, odjavi se; hr: odjava, odjavi se, odjavite se
    sr: одјава, одјави се, odjava; hu: kijelentkezés, kilépés, kijelentkez*
    ro: deconectare, ieșire, delogare, deconectați vă, deconecteaza te; bg: изход, излез, излизане
    el: αποσύνδεση, έξοδος, αποσυνδεθείτε; ru: выйти, выход, завершить сеанс; uk: вийти, вихід
    be: выйсці, выхад; tr: çıkış, çıkış yap, oturumu kapat, güvenli çıkış; az: çıxış
    et: logi välja, väljalogimine, välju; lv: iziet, izrakstīties, atslēgties, atteikties
    lt: atsijungti, atsijunkite; ca: tanca la sessió, tancar sessió, surt; eu: amaitu saioa
    gl: pechar sesión, saír; ar: تسجيل الخروج, خروج, الخروج, تسجيل خروج, إنهاء الجلسة
    he: התנתקות, יציאה, התנתק, צא, יציאה מהמערכת; fa: خروج, خروج از سیستم, خروج از حساب, بیرون رفتن
    ur: لاگ آؤٹ, سائن آؤٹ; hi: लॉग आउट, लॉगआउट, लॉग आउट करें, साइन आउट, साइन आउट करें
    bn: লগ আউট, লগআউট, সাইন আউট; ta: வெளியேறு, வெளியேறுக; th: ออกจากระบบ, ล็อกเอาท์, ลงชื่อออก
    vi: đăng xuất, thoát; id: keluar, log keluar; ms: log keluar
    zh: 退出, 登出, 注销, 退出登录, 安全退出, 註銷, 退出系统; ja: ログアウト, サインアウト, ログオフ
    ko: 로그아웃, 로그오프; sw: ondoka; tl: mag log out
    """,
)

LOGOUT_ICON = concept(
    "logout icon",
    """
    icons: sign out alt, box arrow right, right from bracket, arrow right from bracket, power off, exit to app
    icons: door open, door exit, exit run, ~poweroff, ~signout, ~rightfrombracket, ~exittoapp, ~boxarrowright
    """,
)

EVERYWHERE = concept(
    "everywhere",
    """
    en: all devices, everywhere, other sessions, all sessions, other devices, all other, from all
    de: allen geräten, überall, andere sitzungen, alle sitzungen
    fr: tous les appareils, partout, autres sessions
    es: todos los dispositivos, otras sesiones, todas las sesiones; pt: todos os dispositivos, outras sessões
    it: tutti i dispositivi, altre sessioni; nl: alle apparaten, andere sessies; sv: alla enheter
    pl: wszystkich urządzeń; ru: всех устройств, все сеансы, других сеансов; zh: 所有设备, 其他设备, 所有裝置
    ja: すべてのデバイス, 全ての端末; ko: 모든 기기, 다른 세션; tr: tüm cihazlar; ar: جميع الأجهزة
    cs: všech zařízení; hu: minden eszköz
    """,
)

REGISTER = concept(
    "register",
    """
    en: register, registration, sign up, signup, create account, create an account, create your account, join
    en: join now, new user, get started, enroll, enrol, ~signup, ~register, ~registration
    de: registrieren, registrierung, konto erstellen, konto anlegen, neu hier
    fr: inscription, s inscrire, créer un compte
    es: registrarse, regístrate, registro, crear cuenta, crear una cuenta, darse de alta
    pt: registar, registrar, cadastre se, cadastro, criar conta, inscrever se
    it: registrati, registrazione, iscriviti; nl: registreren, account aanmaken, inschrijven
    sv: registrera, skapa konto; da: opret, opret konto, tilmeld; no: registrer, opprett konto
    fi: rekisteröidy, luo tili; pl: zarejestruj, rejestracja, załóż konto, utwórz konto
    cs: registrovat, registrace, vytvořit účet; sk: registrovať, registrácia; hu: regisztráció, regisztrál*
    ro: înregistrare, creează cont; hr: registracija, registriraj se; bg: регистрация; el: εγγραφή
    ru: регистрация, зарегистрироваться, создать аккаунт; uk: реєстрація, зареєструватися
    tr: kayıt ol, üye ol, kaydol, hesap oluştur; ar: إنشاء حساب, تسجيل حساب, التسجيل, اشترك
    he: הרשמה, צור חשבון; fa: ثبت نام, ایجاد حساب; hi: पंजीकरण, साइन अप, खाता बनाएं
    th: สมัครสมาชิก, ลงทะเบียน; vi: đăng ký; id: daftar, buat akun; zh: 注册, 註冊, 创建账户, 免费注册
    ja: 新規登録, 会員登録, アカウント作成, 登録する; ko: 회원가입, 가입하기, 계정 만들기
    """,
)

FORGOT = concept(
    "forgot",
    """
    en: forgot, forgotten, forgot password, reset password, reset your password, lost password, recover
    en: need help, lost your password, trouble, send reset, ~forgot, ~lostpass, ~resetpass, ~passwordreset
    en: ~recover; de: vergessen, zurücksetzen, passwort zurücksetzen, passwort anfordern
    fr: oublié, mot de passe oublié, réinitialiser
    es: olvidado, olvidaste, olvidé, olvidó, recuperar, restablecer
    pt: esqueci, esqueceu, recuperar, redefinir; it: dimenticato, dimenticata, recupera, reimposta
    nl: vergeten; sv: glömt; da: glemt; no: glemt; fi: unohdit*, unohtu*
    pl: zapomniał*, zapomnial*, nie pamiętam, zresetuj; cs: zapomněl*, zapomenut*, obnovit heslo; sk: zabudl*
    hu: elfelejtett*; ro: uitat, ai uitat; hr: zaboravil*, zaboravljen*; bg: забравена; el: ξεχάσατε, ξέχασα
    ru: забыли, забыл, восстановить, восстановление, сбросить; uk: забули, відновити
    tr: unuttum, unuttunuz, sıfırla; ar: نسيت, استعادة, إعادة تعيين; he: שכחתי, שכחת, איפוס
    fa: فراموش, بازیابی; hi: भूल गए, रीसेट; th: ลืมรหัสผ่าน, ลืม; vi: quên mật khẩu, quên
    id: lupa, lupa kata sandi; zh: 忘记, 忘記, 找回密码, 重置密码; ja: お忘れ, 忘れた, 再設定, リセット
    ko: 잊으셨나요, 찾기, 재설정, 분실
    """,
)

NEXT = concept(
    "next",
    """
    en: next, continue, proceed, go, submit, verify, go on, ok, enter
    de: weiter, fortfahren, fortsetzen, absenden; fr: suivant, continuer, poursuivre, valider
    es: siguiente, continuar, seguir; pt: seguinte, próximo, avançar, prosseguir
    it: avanti, continua, prosegui, successivo; nl: volgende, doorgaan, verder; sv: nästa, fortsätt
    da: næste, fortsæt; no: neste, fortsett; fi: seuraava, jatka; pl: dalej, kontynuuj, następny
    cs: další, pokračovat; sk: ďalej, pokračovať; hu: tovább, következő, folytatás
    ro: următorul, continuă, înainte; hr: dalje, nastavi; sl: naprej, nadaljuj; bg: напред, продължи, следващ
    el: επόμενο, συνέχεια; ru: далее, продолжить, дальше; uk: далі, продовжити
    tr: ileri, devam, devam et, sonraki; ar: التالي, متابعة, استمرار; he: הבא, המשך
    fa: بعدی, ادامه, مرحله بعد; hi: आगे, अगला, जारी रखें; th: ถัดไป, ต่อไป, ดำเนินการต่อ
    vi: tiếp theo, tiếp tục, tiếp; id: selanjutnya, berikutnya, lanjutkan; zh: 下一步, 继续, 繼續
    ja: 次へ, 続ける, 次に進む, 進む; ko: 다음, 계속; et: edasi, jätka; lv: tālāk, turpināt; lt: toliau, tęsti
    """,
)

REMEMBER = concept(
    "remember",
    """
    en: remember me, remember, stay signed in, stay logged in, keep me signed in, keep me logged in, keep me
    en: stay connected, trust this device, remember this device, ~remember, ~rememberme, ~persistent
    en: ~staysigned, ~staylogged, ~keepme, ~keeplogged
    de: angemeldet bleiben, eingeloggt bleiben, merken, anmeldung merken, erinnern
    fr: se souvenir de moi, rester connecté, mémoriser, maintenir la connexion, garder ma session
    es: recordarme, recuérdame, recordar, mantener sesión, mantener la sesión iniciada, no cerrar sesión
    pt: lembrar, lembre se, lembrar me, manter conectado, manter sessão, permanecer
    it: ricordami, resta connesso, ricorda, rimani connesso, mantieni
    nl: onthouden, onthoud mij, ingelogd blijven, aangemeld blijven
    sv: kom ihåg mig, kom ihåg, håll mig inloggad; da: husk mig, husk, forbliv logget
    no: husk meg, husk, forbli; fi: muista minut, muista, pidä minut
    pl: zapamiętaj mnie, zapamiętaj, nie wylogowuj; cs: zapamatovat, pamatovat, zůstat přihlášen*
    sk: zapamätať, zostať; hu: emlékezz rám, jegyezz meg, emlékezzen, maradjak bejelentkezve
    ro: ține mă minte, ține minte, păstrează mă; hr: zapamti me, zapamti; sl: zapomni si me
    bg: запомни ме, запомни; el: να με θυμάσαι, απομνημόνευση, θυμήσου με
    ru: запомнить меня, запомнить, оставаться в системе, не выходить; uk: запам ятати мене, запам ятати
    tr: beni hatırla, hatırla, oturumu açık tut; ar: تذكرني, البقاء متصلا, حفظ تسجيل الدخول
    he: זכור אותי, השאר אותי מחובר; fa: مرا به خاطر بسپار, به خاطر بسپار; hi: मुझे याद रखें, याद रखें
    th: จดจำ, จำฉันไว้, จำการเข้าสู่ระบบ; vi: ghi nhớ, nhớ tôi, duy trì đăng nhập; id: ingat saya, ingat
    zh: 记住我, 记住, 保持登录, 自动登录, 記住我, 保持登入
    ja: ログイン状態を保持, 記憶する, 次回から, 保存する, 保持する; ko: 로그인 유지, 기억, 자동 로그인
    et: jäta mind meelde, mäleta; lv: atcerēties; lt: prisiminti; ca: recorda m, recorda
    """,
)

PROVIDER = concept(
    "another party's login",
    """
    names: google, facebook, apple, microsoft, github, gitlab, twitter, linkedin, okta, auth0, openid, oidc
    names: saml, sso, azure, single sign on, passkey, security key, webauthn, wechat, weixin, line, kakao
    names: naver, vk, yandex, magic link, qr code, franceconnect, bankid, shibboleth, eduroam, keycloak, cas
    names: ldap sso, discord, ~oauth
    """,
)

USER_MENU = concept(
    "user menu",
    """
    en: user, account, my account, profile, avatar, user menu, account menu, menu, more, options, person, me
    en: ~avatar, ~username, ~loggedin, ~currentuser, ~usermenu, ~userdropdown, ~accountmenu, ~profilemenu
    en: ~hamburger, ~navbartoggle, ~menutoggle, ~kebab
    de: konto, benutzer, benutzermenü, mein konto, profil, menü, mehr
    fr: compte, mon compte, utilisateur, profil, plus; es: cuenta, mi cuenta, usuario, perfil, menú, más
    pt: conta, minha conta, usuário, utilizador, perfil, mais
    it: account, utente, profilo, il mio account, altro; nl: gebruiker, profiel, mijn account, meer
    sv: konto, användare; da: konto, bruger; no: konto, bruker; fi: tili, käyttäjä, valikko
    pl: konto, użytkownik, moje konto, profil; cs: účet, uživatel, můj účet
    hu: fiók, felhasználó, menü, profil; ro: cont, utilizator, meniu
    ru: аккаунт, пользователь, профиль, меню, учетная запись, кабинет; uk: користувач, профіль, меню
    el: λογαριασμός, χρήστης, προφίλ, μενού; tr: hesap, hesabım, kullanıcı, profil, menü
    ar: حساب, حسابي, المستخدم, الملف الشخصي, القائمة; he: חשבון, משתמש, פרופיל, תפריט
    fa: حساب, کاربر, پروفایل, منو; hi: खाता, उपयोगकर्ता, प्रोफ़ाइल, मेनू; th: บัญชี, ผู้ใช้, โปรไฟล์, เมนู
    vi: tài khoản, người dùng, hồ sơ; id: akun, pengguna, profil
    zh: 账户, 账号, 用户, 帐户, 个人中心, 菜单, 帳號, 使用者
    ja: アカウント, ユーザー, プロフィール, メニュー, マイページ; ko: 계정, 사용자, 프로필, 메뉴, 마이페이지
    """,
)
