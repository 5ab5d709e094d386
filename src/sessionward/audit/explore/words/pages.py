"""What pages, menus and buttons inside an app are called."""

from sessionward.audit.explore.lexicon import concept

CHANGE_PASSWORD = concept(
    "change password",
    """
    en: change password, change your password, change my password, update password, set password, new password
    en: password settings, edit password, modify password, change pass, ~changepassword, ~changepasswd
    en: ~passwordchange, ~updatepassword, ~chpass, ~changepwd, ~setpassword, ~editpassword
    de: passwort ändern, kennwort ändern, passwort wechseln, passwort aktualisieren
    fr: changer le mot de passe, modifier le mot de passe, changer de mot de passe, modifier mon mot de passe
    es: cambiar contraseña, cambiar la contraseña, modificar contraseña, cambiar clave
    pt: alterar senha, mudar senha, alterar palavra passe, trocar senha, alterar a palavra passe
    it: cambia password, modifica password, cambia la password, cambio password
    nl: wachtwoord wijzigen, wachtwoord veranderen, wijzig wachtwoord; sv: ändra lösenord, byt lösenord
    da: skift adgangskode, ændre adgangskode, skift kodeord; no: endre passord, bytt passord
    fi: vaihda salasana, salasanan vaihto; pl: zmień hasło, zmiana hasła; cs: změnit heslo, změna hesla
    sk: zmeniť heslo, zmena hesla; hu: jelszó módosítása, jelszócsere, jelszó megváltoztatása
    ro: schimbă parola, schimbare parolă, modifică parola; hr: promijeni lozinku, promjena lozinke
    sl: spremeni geslo; bg: смяна на парола, промяна на паролата, смени паролата
    el: αλλαγή κωδικού, αλλαγή συνθηματικού
    ru: сменить пароль, изменить пароль, смена пароля, изменение пароля; uk: змінити пароль, зміна пароля
    tr: şifre değiştir, parola değiştir, şifreyi değiştir, şifremi değiştir
    ar: تغيير كلمة المرور, تغيير كلمة السر; he: שינוי סיסמה, שנה סיסמה, החלפת סיסמה
    fa: تغییر رمز عبور, تغییر گذرواژه; hi: पासवर्ड बदलें; th: เปลี่ยนรหัสผ่าน
    vi: đổi mật khẩu, thay đổi mật khẩu; id: ubah kata sandi, ganti kata sandi
    zh: 修改密码, 更改密码, 变更密码, 修改密碼, 更改密碼, 變更密碼
    ja: パスワード変更, パスワードを変更, パスワードの変更; ko: 비밀번호 변경, 암호 변경; et: muuda parooli
    lv: mainīt paroli; lt: keisti slaptažodį; ca: canvia la contrasenya
    """,
)

ACCOUNT = concept(
    "account",
    """
    en: account, my account, profile, my profile, edit profile, settings, preferences, my settings
    en: user settings, account settings, personal information, personal details, my details, my data
    en: user profile, update profile, your profile, your account, ~profile, ~account, ~settings, ~preferences
    en: ~prefs, ~usercp, ~myinfo, ~mydata, me
    de: konto, mein konto, profil, mein profil, einstellungen, benutzerprofil, persönliche daten, meine daten
    de: kontoeinstellungen
    fr: compte, mon compte, profil, mon profil, paramètres, préférences, mes informations, réglages
    es: cuenta, mi cuenta, perfil, mi perfil, ajustes, configuración, preferencias, mis datos
    es: datos personales
    pt: conta, minha conta, perfil, meu perfil, configurações, definições, preferências, meus dados
    pt: dados pessoais
    it: account, il mio account, profilo, il mio profilo, impostazioni, preferenze, dati personali
    it: i miei dati; nl: account, mijn account, profiel, mijn profiel, instellingen, voorkeuren, mijn gegevens
    sv: konto, mitt konto, profil, min profil, inställningar, mina uppgifter
    da: konto, min konto, profil, min profil, indstillinger
    no: konto, min konto, profil, min profil, innstillinger
    fi: tili, oma tili, profiili, asetukset, omat tiedot
    pl: konto, moje konto, profil, mój profil, ustawienia, preferencje, moje dane
    cs: účet, můj účet, profil, nastavení, můj profil, předvolby
    sk: účet, môj účet, profil, môj profil, nastavenia
    hu: fiók, fiókom, profil, profilom, beállítások, saját adatok, adataim
    ro: cont, contul meu, profil, profilul meu, setări, preferințe
    hr: račun, profil, postavke, moj račun, moj profil; sl: račun, profil, nastavitve
    bg: профил, акаунт, настройки, моят профил
    el: λογαριασμός, προφίλ, ρυθμίσεις, ο λογαριασμός μου, προτιμήσεις
    ru: профиль, мой профиль, настройки, аккаунт, личный кабинет, учетная запись, личные данные, мой аккаунт
    uk: профіль, мій профіль, налаштування, обліковий запис
    tr: hesap, hesabım, profil, profilim, ayarlar, tercihler
    ar: حسابي, الحساب, الملف الشخصي, الإعدادات, ملفي الشخصي
    he: חשבון, החשבון שלי, פרופיל, הגדרות, העדפות, הפרופיל שלי; fa: حساب کاربری, پروفایل, تنظیمات, حساب من
    hi: खाता, मेरा खाता, प्रोफ़ाइल, सेटिंग्स; th: บัญชี, โปรไฟล์, การตั้งค่า, บัญชีของฉัน
    vi: tài khoản, hồ sơ, cài đặt, thiết lập; id: akun, akun saya, profil, pengaturan
    zh: 账户, 账号, 个人资料, 个人中心, 设置, 我的账户, 个人信息, 帳戶, 設定, 個人資料
    ja: アカウント, プロフィール, 設定, マイページ, 個人設定, 会員情報, 登録情報
    ko: 계정, 프로필, 설정, 내 정보, 마이페이지, 환경설정
    """,
)

SECURITY = concept(
    "security",
    """
    en: security, login and security, password, privacy and security, account security, credentials
    en: sign in and security, ~security; de: sicherheit, passwort, zugangsdaten; fr: sécurité, mot de passe
    es: seguridad, contraseña; pt: segurança, senha; it: sicurezza, password; nl: beveiliging, wachtwoord
    sv: säkerhet, lösenord; da: sikkerhed, adgangskode; no: sikkerhet, passord
    fi: turvallisuus, suojaus, salasana; pl: bezpieczeństwo, hasło; cs: zabezpečení, bezpečnost, heslo
    sk: zabezpečenie, bezpečnosť, heslo; hu: biztonság, jelszó; ro: securitate, parola; hr: sigurnost, lozinka
    sl: varnost, geslo; bg: сигурност, парола; el: ασφάλεια, κωδικός; ru: безопасность, пароль
    uk: безпека, пароль; tr: güvenlik, şifre, parola; ar: الأمان, الحماية, كلمة المرور; he: אבטחה, סיסמה
    fa: امنیت, رمز عبور; hi: सुरक्षा, पासवर्ड; th: ความปลอดภัย, รหัสผ่าน; vi: bảo mật, mật khẩu
    id: keamanan, kata sandi; zh: 安全, 密码, 密碼, 账户安全; ja: セキュリティ, パスワード; ko: 보안, 비밀번호
    """,
)

SAVE = concept(
    "save",
    """
    en: save, save changes, update, apply, submit, change, set, done, save and close, update profile, confirm
    en: ~save, ~submit, ~update
    de: speichern, sichern, änderungen speichern, aktualisieren, übernehmen, ändern, bestätigen
    fr: enregistrer, sauvegarder, mettre à jour, appliquer, valider, modifier, changer
    es: guardar, guardar cambios, actualizar, aplicar, aceptar, cambiar, enviar, modificar
    pt: salvar, guardar, gravar, atualizar, aplicar, alterar
    it: salva, salva modifiche, aggiorna, applica, conferma, modifica, invia
    nl: opslaan, bewaren, wijzigen, bijwerken, toepassen, bevestigen; sv: spara, uppdatera, ändra, byt
    da: gem, opdater, skift, ændr; no: lagre, oppdater, endre; fi: tallenna, päivitä, vaihda
    pl: zapisz, zapisz zmiany, zmień, aktualizuj, zatwierdź; cs: uložit, uložit změny, změnit, aktualizovat
    sk: uložiť, uložiť zmeny, zmeniť; hu: mentés, módosítás, frissítés
    ro: salvează, salvare, actualizează, modifică; hr: spremi, sačuvaj, promijeni; sl: shrani, spremeni
    bg: запази, запис, промени; el: αποθήκευση, αλλαγή, ενημέρωση, υποβολή
    ru: сохранить, сохранить изменения, изменить, обновить, применить, сменить; uk: зберегти, змінити
    tr: kaydet, değiştir, güncelle, uygula; ar: حفظ, حفظ التغييرات, تحديث, تغيير
    he: שמור, שמירה, עדכן, שנה, עדכון; fa: ذخیره, ثبت, به روز رسانی, تغییر; hi: सहेजें, अपडेट करें, बदलें
    th: บันทึก, เปลี่ยน; vi: lưu, cập nhật, thay đổi, đổi; id: simpan, perbarui, ubah
    zh: 保存, 更新, 提交, 修改, 确认修改, 儲存, 確認; ja: 保存, 更新, 変更, 変更する, 保存する, 登録
    ko: 저장, 변경, 수정, 업데이트
    """,
)

SAVE_ICON = concept(
    "save icon", "icons: check, floppy, floppy disk, disk, tick, ~floppy, ~iconsave, ~checkmark, ~actionsave"
)

DESTRUCTIVE = concept(
    "destructive",
    """
    en: delete, remove, destroy, erase, purge, deactivate, disable, close account, cancel, revoke, reset
    en: terminate, drop, unsubscribe, archive, block, ban, suspend, clear, discard, wipe, uninstall, void
    en: unlink, disconnect, leave, trash, kill, empty, restore, shutdown, shut down, restart, reboot, refund
    en: merge, transfer, withdraw, delete my, impersonate, switch user, ~delete, ~remove, ~destroy
    en: ~deactivate, ~trash, ~revoke, ~purge, ~unsubscribe, ~impersonate
    de: löschen, entfernen, deaktivieren, kündigen, zurücksetzen, stornieren, widerrufen, leeren, sperren
    de: abbestellen
    fr: supprimer, effacer, retirer, désactiver, résilier, annuler, réinitialiser, révoquer, vider, bloquer
    es: eliminar, borrar, suprimir, quitar, desactivar, cancelar, revocar, restablecer, vaciar, bloquear
    es: dar de baja
    pt: excluir, eliminar, apagar, remover, desativar, cancelar, revogar, redefinir, esvaziar, bloquear
    it: elimina, cancella, rimuovi, disattiva, annulla, revoca, reimposta, svuota, blocca
    nl: verwijderen, wissen, annuleren, deactiveren, intrekken, resetten, leegmaken, blokkeren, opzeggen
    sv: ta bort, radera, inaktivera, avbryt, återställ, återkalla, töm, blockera
    da: slet, fjern, deaktiver, annuller, nulstil, tøm; no: slett, fjern, deaktiver, tilbakestill, avbryt
    fi: poista, peruuta, tyhjennä, nollaa, estä
    pl: usuń, skasuj, dezaktywuj, anuluj, cofnij, wyczyść, zablokuj
    cs: smazat, odstranit, zrušit, deaktivovat, vymazat, odebrat, zablokovat
    sk: zmazať, odstrániť, zrušiť, vymazať, odobrať
    hu: törlés, eltávolítás, mégse, visszavonás, letiltás, kiürítés
    ro: șterge, elimină, dezactivează, anulează, revocă; hr: obriši, izbriši, ukloni, poništi, deaktiviraj
    sl: izbriši, odstrani, prekliči; bg: изтрий, изтриване, премахни, отмени
    el: διαγραφή, αφαίρεση, απενεργοποίηση, ακύρωση, εκκαθάριση
    ru: удалить, удаление, убрать, отключить, отменить, очистить, сбросить, деактивировать, отозвать
    ru: заблокировать; uk: видалити, вилучити, скасувати, очистити, вимкнути
    tr: sil, kaldır, iptal, devre dışı, temizle, sıfırla, engelle; ar: حذف, إزالة, إلغاء, تعطيل, مسح, حظر
    he: מחק, מחיקה, הסר, בטל, השבת, נקה, חסום; fa: حذف, پاک کردن, لغو, غیرفعال, مسدود
    hi: हटाएं, मिटाएं, रद्द करें, निष्क्रिय; th: ลบ, ยกเลิก, ปิดใช้งาน, ล้าง
    vi: xóa, gỡ, hủy, vô hiệu, đặt lại; id: hapus, batalkan, nonaktifkan, kosongkan
    zh: 删除, 移除, 清空, 停用, 取消, 撤销, 重置, 解除, 刪除, 註銷帳號, 注销账号, 清除
    ja: 削除, 消去, 退会, 解約, 無効, 取消, キャンセル, リセット, 破棄
    ko: 삭제, 제거, 탈퇴, 비활성화, 취소, 초기화, 해지, 차단
    """,
)

ACTING = concept(
    "acting",
    """
    hu: küldés, fizetés, vásárlás, létrehozás, hozzáadás, mentés, letöltés
    fi: lähetä, osta, maksa, luo, lisää, tallenna; no: send, kjøp, betal, del, opprett, legg til, lagre
    uk: надіслати, купити, оплатити, створити, додати, зберегти
    ro: trimite, cumpără, plătește, creează, adaugă, descarcă
    el: αποστολή, αγορά, πληρωμή, δημιουργία, προσθήκη; vi: gửi, mua, thanh toán, tạo, tải xuống
    id: kirim, beli, bayar, buat, tambah, unduh; th: ส่ง, ซื้อ, ชำระ, สร้าง, ดาวน์โหลด
    en: send, buy, pay, purchase, order, checkout, publish, post, share, invite, book, upload, download
    en: export, import, print, install, run, execute, start, stop, enable, activate, approve, reject, accept
    en: submit, create, add, save, confirm, generate, copy, duplicate, clone, sync, mark, like, follow, vote
    en: donate, call, join, generate token, ~submit, ~save, ~create, ~send, ~pay, ~upload, ~download, ~export
    en: ~import
    de: senden, kaufen, bezahlen, bestellen, veröffentlichen, teilen, einladen, buchen, hochladen
    de: herunterladen, drucken, erstellen, hinzufügen, speichern, bestätigen
    fr: envoyer, acheter, payer, commander, publier, partager, inviter, réserver, télécharger, imprimer, créer
    fr: ajouter, enregistrer, confirmer
    es: enviar, comprar, pagar, publicar, compartir, invitar, reservar, descargar, subir, imprimir, crear
    es: añadir, agregar, guardar, confirmar
    pt: enviar, comprar, pagar, publicar, compartilhar, convidar, reservar, baixar, imprimir, criar, adicionar
    pt: salvar, confirmar
    it: invia, acquista, paga, pubblica, condividi, invita, prenota, scarica, carica, stampa, crea, aggiungi
    it: salva, conferma
    nl: verzenden, kopen, betalen, bestellen, publiceren, delen, uitnodigen, boeken, downloaden, afdrukken
    nl: aanmaken, toevoegen, opslaan
    sv: skicka, köp, betala, publicera, dela, boka, ladda, skapa, lägg till, spara
    da: send, køb, betal, del, opret, tilføj, gem
    pl: wyślij, kup, zapłać, opublikuj, udostępnij, zarezerwuj, pobierz, utwórz, dodaj, zapisz
    cs: odeslat, koupit, zaplatit, publikovat, sdílet, stáhnout, vytvořit, přidat, uložit
    ru: отправить, купить, оплатить, опубликовать, поделиться, скачать, загрузить, создать, добавить
    ru: сохранить, подтвердить, печать
    tr: gönder, satın al, öde, yayınla, paylaş, indir, yükle, oluştur, ekle, kaydet, yazdır
    ar: إرسال, شراء, دفع, نشر, مشاركة, تحميل, إنشاء, إضافة, حفظ, طباعة
    he: שלח, קנה, שלם, פרסם, שתף, הורד, העלה, צור, הוסף, שמור, הדפס
    zh: 发送, 购买, 支付, 发布, 分享, 下载, 上传, 创建, 添加, 保存, 提交, 导出, 打印, 新建
    ja: 送信, 購入, 支払, 公開, 共有, ダウンロード, アップロード, 作成, 追加, 保存, 登録, 印刷, 予約
    ko: 보내기, 구매, 결제, 게시, 공유, 다운로드, 업로드, 생성, 추가, 저장, 예약, 인쇄
    """,
)

APPEARANCE = concept(
    "switch of the page's looks, which the account keeps",
    """
    en: dark mode, light mode, night mode, dark theme, light theme, toggle theme, switch theme, high contrast
    en: ~nightshift, ~nightmode, ~darkmode, ~lightmode, ~darktheme, ~themetoggle, ~themeswitch, ~toggletheme
    de: dunkelmodus, nachtmodus, dunkles design, helles design, hoher kontrast
    fr: mode sombre, mode nuit, thème sombre, mode clair, thème clair; es: modo oscuro, modo noche, tema oscuro
    pt: modo escuro, tema escuro; it: modalità scura, tema scuro; nl: donkere modus, donker thema
    sv: mörkt läge; da: mørk tilstand; no: mørk modus; fi: tumma tila; pl: tryb ciemny, ciemny motyw
    cs: tmavý režim; hu: sötét mód; tr: karanlık mod, koyu tema; ru: темная тема, ночной режим, темный режим
    uk: темна тема; el: σκοτεινή λειτουργία; ja: ダークモード; zh: 深色模式, 夜间模式; ko: 다크 모드
    """,
)

OPENING = concept(
    "opening",
    """
    en: view, details, show, more, open, see all, see more, view all, show all, read more, expand, history
    en: overview, filter, records, results, appointments, messages, documents, prescriptions, tab, next page
    en: previous, load more
    de: ansehen, details, anzeigen, mehr, öffnen, alle anzeigen, verlauf, übersicht, termine, nachrichten
    de: befunde
    fr: voir, détails, afficher, plus, ouvrir, tout voir, historique, aperçu, rendez vous, résultats
    es: ver, detalles, mostrar, más, abrir, ver todo, historial, resumen, citas, resultados
    pt: ver, detalhes, mostrar, mais, abrir, ver tudo, histórico, consultas
    it: vedi, dettagli, mostra, altro, apri, vedi tutti, cronologia, visualizza
    nl: bekijken, details, tonen, meer, openen, alles bekijken, geschiedenis
    sv: visa, detaljer, mer, öppna, historik; da: vis, detaljer, mere, åbn; no: vis, detaljer, mer, åpne
    fi: näytä, tiedot, lisää, avaa; pl: zobacz, szczegóły, pokaż, więcej, otwórz, historia
    cs: zobrazit, podrobnosti, více, otevřít, historie; hu: megtekintés, részletek, több, megnyitás
    ro: vezi, detalii, deschide; el: προβολή, λεπτομέρειες, περισσότερα, άνοιγμα
    ru: посмотреть, подробнее, показать, еще, открыть, история
    uk: переглянути, детальніше, показати, відкрити; tr: görüntüle, detaylar, göster, daha fazla, aç, geçmiş
    ar: عرض, تفاصيل, المزيد, فتح; he: הצג, פרטים, עוד, פתח; fa: مشاهده, جزئیات, بیشتر; hi: देखें, विवरण, और
    th: ดู, รายละเอียด, เพิ่มเติม; vi: xem, chi tiết, thêm, mở; id: lihat, detail, selengkapnya, buka
    zh: 查看, 详情, 更多, 打开, 展开, 檢視; ja: 表示, 詳細, もっと見る, 開く, 一覧
    ko: 보기, 상세, 더보기, 열기
    """,
)

DOWNLOAD = concept(
    "download",
    """
    en: download, export, attachment, print, pdf, csv, zip, backup, ical, rss, feed, ~download, ~export
    en: ~attachment; de: herunterladen, exportieren, drucken; fr: télécharger, exporter, imprimer
    es: descargar, exportar, imprimir; pt: baixar, transferir, exportar, imprimir
    it: scarica, esporta, stampa; nl: downloaden, exporteren, afdrukken; pl: pobierz, eksportuj, drukuj
    ru: скачать, экспорт, печать; tr: indir, dışa aktar, yazdır; zh: 下载, 导出, 打印, 下載
    ja: ダウンロード, エクスポート, 印刷; ko: 다운로드, 내보내기, 인쇄; ar: تحميل, تنزيل, تصدير
    cs: stáhnout, exportovat; sv: ladda ner
    """,
)
